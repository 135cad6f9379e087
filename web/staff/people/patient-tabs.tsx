import type { ReactNode } from 'react'
import type { Me } from '../../../contracts/access.ts'
import { Tabs } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'

const readsCards = (role: Me['role']) => role === 'doctor' || role === 'head' || role === 'guardianship-officer'

/** Where a patient opens for this role: doctors read the card first, the registrar the visits. */
export const openingOf = (role: Me['role']): ((patientId: string) => string) =>
  readsCards(role) && role !== 'guardianship-officer' ? (patientId) => at.card(patientId) : at.patient

type Props = { patientId: string; current: 'card' | 'documents' | 'data' }

/** The parts of what is known of a patient; those who may not read the card have one part and no tabs. */
export function PatientTabs({ patientId, current }: Props): ReactNode {
  const { me } = useSession()
  if (!readsCards(me.role)) return null
  return (
    <Tabs
      label="Разделы карты"
      items={[
        { href: at.card(patientId), label: 'История', current: current === 'card' },
        { href: at.documents(patientId), label: 'Документы', current: current === 'documents' },
        { href: at.patient(patientId), label: 'Данные и записи', current: current === 'data' },
      ]}
    />
  )
}
