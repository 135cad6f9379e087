import type { ReactNode } from 'react'
import type { Charge } from '../../../contracts/patients.ts'
import { listPatientWaiting } from '../../../contracts/waiting.ts'
import { useLive, useRead } from '../../api/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'
import { OfferCard } from './offer-card.tsx'

/** Offers of the waiting list that wait for an answer, of everybody whose card is open to this person. */
export function OffersFirst(): ReactNode {
  const { charges } = useSession()
  return charges.map((patient) => <OffersOf key={patient.id} patient={patient} />)
}

function OffersOf({ patient }: { patient: Charge }): ReactNode {
  const read = useRead(listPatientWaiting, { params: { patientId: patient.id } })
  useLive([`patient/${patient.id}`], [listPatientWaiting])
  return read.data?.entries.map(
    (entry) =>
      entry.offer && (
        <OfferCard
          key={entry.offer.id}
          entry={entry}
          offer={entry.offer}
          patientName={patient.relation === 'self' ? undefined : patient.name}
        />
      ),
  )
}

/** One line about what is waited for, where there is something. */
export function WaitingLink({ patient }: { patient: Charge }): ReactNode {
  const read = useRead(listPatientWaiting, { params: { patientId: patient.id } })
  const waiting = read.data?.entries.length ?? 0
  if (waiting === 0) return null
  return (
    <p>
      <a href={at.waiting(patient)}>Лист ожидания: {waiting}</a>
    </p>
  )
}
