/** What can be told. A new kind: a line here, its words in texts.ts, and who makes it in listeners.ts. */
export const kinds = [
  'visit-booked',
  'visit-moved',
  'visit-change-offered',
  'visit-cancelled',
  'visit-cancelled-by-patient',
  'visit-offered',
  'visit-reminder-day',
  'visit-reminder-hours',
  'document-signed',
  'card-linked',
] as const
export type Kind = (typeof kinds)[number]

/** A code for an address of one's own is sent as other messages are, but there is nothing to show in the cabinet. */
export type SentKind = Kind | 'contact-code'

export type ReminderKind = Extract<Kind, `visit-reminder-${string}`>
export const isReminder = (kind: string): kind is ReminderKind => kind.startsWith('visit-reminder-')

/** Ids only: what they name is read when the words are made. */
export type Data = {
  organizationId?: string
  appointmentId?: string
  /** Of a move: the appointment that was before, and where. */
  replaced?: string
  replacedAt?: string
  documentId?: string
}
