import { sql } from 'kysely'
import type { LinkRequest } from '../../../contracts/patients.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Representation } from './ages.ts'
import { patientColumns } from './store.ts'
import type { PatientRecord } from './patient.ts'

export type LinkReason = LinkRequest['reason']
/** What ЕСИА said, as the registrar sees it. */
export type Claimed = LinkRequest['claimed']

/** The card of an account. */
export async function linkedPatient(work: Work, accountId: string): Promise<string | undefined> {
  const row = await work.db
    .selectFrom('patients.account_link')
    .select('patient_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.patient_id
}

/** The accounts of cards; a card without one is left out. */
export async function accountsOf(work: Work, patientIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await work.db
    .selectFrom('patients.account_link')
    .select(['patient_id', 'account_id'])
    .where('patient_id', 'in', patientIds)
    .execute()
  return new Map(rows.map((row) => [row.patient_id, row.account_id]))
}

/** Links a card to an account; false when one of them is linked already (primary key and unique index decide). */
export async function insertLink(
  work: Work,
  link: { patientId: string; accountId: string; by: 'esia' | 'registrar' },
): Promise<boolean> {
  const done = await work.db
    .insertInto('patients.account_link')
    .values({ patient_id: link.patientId, account_id: link.accountId, linked_at: work.now, linked_by: link.by })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Takes a card from the account that has it; returns that account. */
export async function deleteLink(work: Work, patientId: string): Promise<string | undefined> {
  const row = await work.db
    .deleteFrom('patients.account_link')
    .where('patient_id', '=', patientId)
    .returning('account_id')
    .executeTakeFirst()
  return row?.account_id
}

/** The person with this СНИЛС. */
export async function patientBySnils(work: Work, snils: string): Promise<PatientRecord | undefined> {
  const { rows } = await sql<PatientRecord>`
    select ${patientColumns} from patients.identifier i join patients.patient p on p.patient_id = i.patient_id
    where i.system = 'snils' and i.value = ${snils}`.execute(work.db)
  return rows[0]
}

/** People with these СНИЛС. */
export async function patientsBySnils(work: Work, numbers: readonly string[]): Promise<PatientRecord[]> {
  const { rows } = await sql<PatientRecord>`
    select ${patientColumns} from patients.identifier i join patients.patient p on p.patient_id = i.patient_id
    where i.system = 'snils' and i.value = any(${[...numbers]}::text[])`.execute(work.db)
  return rows
}

/** The only person with exactly this name and birth date; undefined when there is none or several. */
export async function onlyNamesake(work: Work, nameSearch: string, birthDate: string): Promise<string | undefined> {
  const rows = await work.db
    .selectFrom('patients.patient')
    .select('patient_id')
    .where('birth_date', '=', birthDate)
    .where('name_search', '=', nameSearch)
    .limit(2)
    .execute()
  return rows.length === 1 ? rows[0]!.patient_id : undefined
}

/** Keeps decisions about this account's request waiting until this work ends. */
export async function lockWaitingRequest(work: Work, accountId: string): Promise<void> {
  await sql`select id from patients.link_request where account_id = ${accountId} and state = 'waiting'
    for no key update`.execute(work.db)
}

/** A mismatch to be looked at. */
export type NewLinkRequest = { accountId: string; claimed: Claimed; reason: LinkReason; candidateId: string | null }

/** Puts a mismatch into the queue; the account's waiting request, when there is one, takes on what is known now. */
export async function putRequest(work: Work, request: NewLinkRequest): Promise<void> {
  const claimed = JSON.stringify(request.claimed)
  await sql`insert into patients.link_request (id, account_id, claimed, reason, candidate_id, state, created_at)
    values (${newId()}, ${request.accountId}, ${claimed}::jsonb, ${request.reason}, ${request.candidateId}, 'waiting', ${work.now})
    on conflict (account_id) where state = 'waiting' do update
      set claimed = excluded.claimed, reason = excluded.reason, candidate_id = excluded.candidate_id`.execute(work.db)
}

/** Whether a registrar has refused exactly this before. */
export async function wasRefused(work: Work, request: NewLinkRequest): Promise<boolean> {
  const { rows } = await sql`select from patients.link_request
    where account_id = ${request.accountId} and state = 'refused' and claimed = ${JSON.stringify(request.claimed)}::jsonb
      and reason = ${request.reason} and candidate_id is not distinct from ${request.candidateId}::uuid limit 1`.execute(
    work.db,
  )
  return rows.length > 0
}

/** Ends the account's waiting request, when there is one, because the card was linked without a registrar's word. */
export async function closeRequest(work: Work, accountId: string): Promise<void> {
  await work.db
    .updateTable('patients.link_request')
    .set({ state: 'linked', decided_at: work.now })
    .where('account_id', '=', accountId)
    .where('state', '=', 'waiting')
    .execute()
}

/** The newest request of an account. */
export async function lastRequest(work: Work, accountId: string) {
  const { rows } = await sql<{ state: 'waiting' | 'linked' | 'refused'; reason: LinkReason; note: string | null }>`
    select state, reason, decision_note as note from patients.link_request
    where account_id = ${accountId} order by created_at desc, id desc limit 1`.execute(work.db)
  return rows[0]
}

/** A request that waits for a registrar. */
export type WaitingRequest = {
  id: string
  createdAt: Date
  reason: LinkReason
  claimed: Claimed
  candidateId: string | null
}

/** Requests shown at once: a registrar works from the top, and the queue moves up. */
const QUEUE = 200

/** The queue, the longest waiting first. */
export async function waitingRequests(work: Work): Promise<WaitingRequest[]> {
  const { rows } = await sql<WaitingRequest>`
    select id, created_at as "createdAt", reason, claimed, candidate_id as "candidateId"
    from patients.link_request where state = 'waiting' order by created_at, id limit ${QUEUE}`.execute(work.db)
  return rows
}

/** Whose request was decided, and what it was about. */
export type DecidedRequest = { accountId: string; reason: LinkReason; candidateId: string | null }

/** Decides a waiting request; undefined when there is none: of two who decide at once one finds it decided. */
export async function decideRequest(
  work: Work,
  id: string,
  decision: { state: 'linked' | 'refused'; note: string | null },
): Promise<DecidedRequest | undefined> {
  const { rows } = await sql<DecidedRequest>`
    update patients.link_request set state = ${decision.state}, decision_note = ${decision.note},
      decided_by = ${work.actor.id}, decided_at = ${work.now}
    where id = ${id} and state = 'waiting'
    returning account_id as "accountId", reason, candidate_id as "candidateId"`.execute(work.db)
  return rows[0]
}

/** Whether there is such a request, decided or not. */
export async function requestExists(work: Work, id: string): Promise<boolean> {
  const row = await work.db.selectFrom('patients.link_request').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** Tells an account that has lost its card why, as if its request had been refused; it claimed nothing. */
export async function putRefusal(
  work: Work,
  refusal: { accountId: string; reason: LinkReason; candidateId: string; note: string },
): Promise<void> {
  await sql`insert into patients.link_request (id, account_id, claimed, reason, candidate_id, state, decided_by, decided_at,
      decision_note, created_at)
    values (${newId()}, ${refusal.accountId}, '{}', ${refusal.reason}, ${refusal.candidateId}, 'refused', ${work.actor.id},
      ${work.now}, ${refusal.note}, ${work.now})`.execute(work.db)
}

/**
 * Lets a parent act for children ЕСИА named. A pair that has ever been entered is left alone, so that what a registrar
 * revoked does not come back. Returns the children added.
 */
export async function insertChildren(
  work: Work,
  representativeId: string,
  children: readonly (Pick<Representation, 'since' | 'until'> & { patientId: string; document: string })[],
): Promise<string[]> {
  const rows = children.map((c) => ({
    patient_id: c.patientId,
    id: newId(),
    document: c.document,
    since: c.since,
    until: c.until,
  }))
  const { rows: added } = await sql<{ patient_id: string }>`
    insert into patients.representation (patient_id, id, representative_id, basis, document, document_kind, since, until, added_at)
    select n.patient_id, n.id, ${representativeId}, 'parent', n.document, 'esia', n.since, n.until, ${work.now}
    from json_populate_recordset(null::patients.representation, ${JSON.stringify(rows)}::json) n
    where not exists (select from patients.representation r
      where r.patient_id = n.patient_id and r.representative_id = ${representativeId})
    on conflict (patient_id, representative_id) where revoked_at is null do nothing
    returning patient_id`.execute(work.db)
  return added.map((row) => row.patient_id)
}
