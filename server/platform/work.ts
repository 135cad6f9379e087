import type { Transaction } from 'kysely'
import type { Role } from '../../contracts/endpoint.ts'
import type { DB } from './database/db.generated.ts'

/**
 * Who is acting. `organizationId` and `staffId` are those of the assignment the session works in. A `system-account` is
 * another information system that was given access; it never comes through the API of the contracts.
 */
export type Actor = {
  id: string
  kind: 'citizen' | 'employee' | 'system-account' | 'system' | 'anonymous'
  role: Role | 'external-system' | 'system' | 'anonymous'
  name: string
  sessionId?: string
  organizationId?: string
  staffId?: string
  /** Of a system account: the organisations it may book at; absent: all. */
  organizationIds?: readonly string[]
  /** Last proof of presence by a second factor in this session. */
  steppedUpAt?: Date
}

/**
 * News of a change. `key` is the organisation or patient it belongs to; `topics` say who may hear of it over SSE
 * (`patient/<id>`, `slots/<organizationId>`, `day/<practitionerRoleId>`); the payload holds ids, never personal data.
 */
export type DomainEvent = {
  type: `${string}.${string}`
  key: string
  topics: readonly string[]
  payload: Record<string, unknown>
}

/** On what grounds a person's data is touched; shown to the patient in «Кто смотрел мою карту». */
export type Grounds =
  | 'self'
  | 'representative'
  | 'appointment'
  | 'case'
  | 'attachment'
  | 'registration'
  | 'guardianship'
  | 'duty'
  | 'ticket'
  | 'external-system'

/**
 * What an operation adds to its journal row. A list that shows several patients names them in `patientIds` and gets a
 * row for each. `actor` is for operations that only find out who acts, such as signing in.
 */
export type JournalNote = {
  patientId?: string
  patientIds?: readonly string[]
  grounds?: Grounds
  objectType?: string
  objectId?: string
  actor?: Actor
}

/**
 * One unit of work: a transaction, who is acting, what time it is. Modules pass it on and never open their own.
 * `announce` and `note` are kept until the handler returns and written with the commit, in the same transaction.
 */
export type Work = {
  db: Transaction<DB>
  actor: Actor
  now: Date
  /** The region's IANA zone; what happens at an organisation goes by that organisation's own. */
  zone: string
  requestId: string
  announce(event: DomainEvent): void
  note(entry: JournalNote): void
}
