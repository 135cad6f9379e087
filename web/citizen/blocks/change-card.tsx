import { useState, type ReactNode } from 'react'
import { listPatientAppointments, showAppointment, type Appointment } from '../../../contracts/booking.ts'
import type { Charge } from '../../../contracts/patients.ts'
import { acceptChange, listChangeOffers, type ChangeOffer } from '../../../contracts/schedule-edits.ts'
import { useAction, useLive, useRead } from '../../api/index.ts'
import {
  Button,
  ButtonLink,
  capital,
  Card,
  dayOf,
  dayWords,
  inOneSentence,
  momentWords,
  Notice,
  showToast,
  timeWords,
  uncapital,
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'
import { Cancelling } from './cancelling.tsx'

/** Visits that the organisation had to change and that wait for an answer, of everybody whose card is open to this person. */
export function ChangesFirst(): ReactNode {
  const { charges } = useSession()
  return charges.map((patient) => <ChangesOf key={patient.id} patient={patient} />)
}

function ChangesOf({ patient }: { patient: Charge }): ReactNode {
  const offers = useOffers(patient.id)
  return offers.map((offer) => (
    <ChangeCard
      key={offer.appointment.id}
      offer={offer}
      patientName={patient.relation === 'self' ? undefined : patient.name}
    />
  ))
}

/** The same question on the page of the visit itself. */
export function ChangeOfVisit({ visit }: { visit: Appointment }): ReactNode {
  const offer = useOffers(visit.patientId).find((o) => o.appointment.id === visit.id)
  return offer && <ChangeCard offer={offer} />
}

function useOffers(patientId: string): readonly ChangeOffer[] {
  const read = useRead(listChangeOffers, { params: { patientId } })
  useLive([`patient/${patientId}`], [listChangeOffers])
  return read.data?.offers ?? []
}

type Props = { offer: ChangeOffer; patientName?: string | undefined }

/** The visit as it is now and as it was, and the three answers: it suits, another time, not at all. */
function ChangeCard({ offer, patientName }: Props): ReactNode {
  const { appointment, before, reason, answerBy } = offer
  const zone = appointment.timeZone
  const today = dayOf(useNow(), zone)
  const [refusing, setRefusing] = useState(false)
  const refreshes = [listChangeOffers, listPatientAppointments, showAppointment]
  const accept = useAction(acceptChange, {
    refreshes,
    onDone: () => showToast({ text: 'Договорились: ждём вас в новое время' }),
  })
  const params = { patientId: appointment.patientId, appointmentId: appointment.id }
  const otherDoctor = before.staffId !== appointment.staffId
  return (
    <Card kind="brand" title={otherDoctor ? 'Вас примет другой врач' : 'Приём пришлось перенести'}>
      {patientName && <p className="strong">{patientName}</p>}
      <p className="when">
        <span className="when__day">{capital(dayWords(dayOf(appointment.startsAt, zone), today))}</span>
        <span className="when__time numbers">{timeWords(appointment.startsAt, zone)}</span>
      </p>
      <div>
        <p className="strong">
          {appointment.doctorName}, {uncapital(appointment.specialtyTitle)}
        </p>
        <p>
          {appointment.organizationName}
          {appointment.room && `, кабинет ${appointment.room}`}
        </p>
      </div>
      <p>
        Было: {momentWords(before.startsAt, zone)}
        {otherDoctor && `, ${before.doctorName}`}. Причина: {uncapital(reason.replace(/[.!\s]+$/, ''))}.
      </p>
      {!accept.busy && accept.refusal && (
        <Notice live kind="error">
          {inOneSentence(accept.refusal.problem)}
        </Notice>
      )}
      <div className="stack stack--tight">
        <Button
          kind="primary"
          size="large"
          wide
          busy={accept.busy}
          busyText="Отвечаем…"
          onClick={() => accept.run({ params, body: {} })}
        >
          Подходит
        </Button>
        <ButtonLink wide icon="move" href={at.moving(appointment)}>
          Выбрать другое время
        </ButtonLink>
        <Button wide onClick={() => setRefusing(true)}>
          Отменить запись
        </Button>
        <p className="soft small">
          Ответить можно до: {momentWords(answerBy, zone)}. Если не ответите, новое время останется за вами.
        </p>
      </div>
      <Cancelling visit={appointment} open={refusing} refreshes={refreshes} onClose={() => setRefusing(false)} />
    </Card>
  )
}
