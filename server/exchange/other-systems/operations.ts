import type { JournalKind } from '../../../contracts/endpoint.ts'

/** What other systems do, as the journal names it, whatever the protocol. Words for people stand in journal/words.ts. */
export const operations = {
  identify: { name: 'other-systems.identify-patient', journal: 'patient-change' },
  organizations: { name: 'other-systems.list-organizations', journal: 'read' },
  specialties: { name: 'other-systems.list-specialties', journal: 'read' },
  doctors: { name: 'other-systems.list-doctors', journal: 'read' },
  times: { name: 'other-systems.list-times', journal: 'read' },
  book: { name: 'other-systems.book', journal: 'patient-change' },
  cancel: { name: 'other-systems.cancel', journal: 'patient-change' },
  visits: { name: 'other-systems.list-visits', journal: 'patient-read' },
  about: { name: 'other-systems.about', journal: 'read' },
} as const satisfies Record<string, { name: string; journal: JournalKind }>

export type OperationOfSystems = (typeof operations)[keyof typeof operations]
