import type { PatientRow } from '../../../contracts/patients.ts'
import type {
  Authority,
  Representation as Shown,
  listMyWards as wardsContract,
} from '../../../contracts/representation.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { lastDayOf, representationIsLive, todayOf } from './ages.ts'
import { actFor } from './grounds.ts'
import { asRow } from './patient.ts'
import { findPatients } from './store.ts'
import * as store from './store-representation.ts'

/** Who acts for the patient and for whom the patient acts, what is over included. Throws PatientNotFound. */
export async function listRepresentations(
  work: Work,
  patientId: string,
): Promise<{ representatives: Shown[]; wards: Shown[] }> {
  const { grounds } = await actFor(work, patientId)
  const rows = await store.representationsOf(work, patientId)
  const others = [...new Set(rows.map((row) => (row.patientId === patientId ? row.representativeId : row.patientId)))]
  const ids = others.filter((id) => id !== null)
  const people = new Map((ids.length > 0 ? await findPatients(work, ids) : []).map((p) => [p.id, asRow(p)]))
  if (ids.length > 0) work.note({ patientIds: [patientId, ...ids], grounds })
  const today = todayOf(work)
  return {
    representatives: rows
      .filter((r) => r.patientId === patientId)
      .map((r) => shown(r, r.representativeId, people, today, work.zone)),
    wards: rows.filter((r) => r.patientId !== patientId).map((r) => shown(r, r.patientId, people, today, work.zone)),
  }
}

function shown(
  row: store.RepresentationRow,
  otherId: string | null,
  people: ReadonlyMap<string, PatientRow>,
  today: string,
  zone: string,
): Shown {
  return {
    id: row.id,
    patientId: row.patientId,
    basis: row.basis,
    person: (otherId && people.get(otherId)) || null,
    authorityName: row.authorityName,
    document: documentOf(row),
    since: row.since,
    until: row.endedAt ? earlier(localDay(row.endedAt, zone), lastDayOf(row)) : lastDayOf(row),
    state: stateOf(row, today),
    addedBy: row.addedBy,
    addedAt: row.addedAt?.toISOString() ?? null,
    endedBy: row.endedBy,
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: row.endReason,
  }
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

const documentOf = (row: {
  document: string
  documentKind: Shown['document']['kind']
  documentDate: string | null
  documentIssuer: string | null
}): Shown['document'] => ({
  kind: row.documentKind,
  number: row.document,
  date: row.documentDate,
  issuer: row.documentIssuer,
})

/** Ended by somebody, over by its term or the 18th birthday, not begun yet, or live today. */
function stateOf(row: store.RepresentationRow, today: string): Shown['state'] {
  if (row.endedAt) return 'ended'
  if (today > lastDayOf(row)) return 'over'
  return representationIsLive(row, today) ? 'live' : 'ahead'
}

/** The guardianship authorities of the region. */
export const listAuthorities = async (work: Work): Promise<{ authorities: Authority[] }> => ({
  authorities: await store.allAuthorities(work),
})

/** Names of the guardianship authorities by id, for those who tell where an officer works. */
export const authorityNames = async (work: Work): Promise<Map<string, string>> =>
  new Map((await store.allAuthorities(work)).map(({ id, name }) => [id, name]))

/** The wards of the officer's authority today, by name; each of them is noted. */
export async function listMyWards(work: Work): Promise<ReplyOf<typeof wardsContract>> {
  const { organizationId } = work.actor
  const [authorities, all] = await Promise.all([
    store.allAuthorities(work),
    organizationId ? store.wardsOfAuthority(work, organizationId) : [],
  ])
  const today = todayOf(work)
  const live = all.filter((ward) => representationIsLive(ward, today))
  work.note({ patientIds: live.map((ward) => ward.id), grounds: 'guardianship' })
  const wards = live.map((ward) => ({
    patient: asRow(ward),
    since: ward.since,
    until: lastDayOf(ward),
    document: documentOf(ward),
  }))
  return {
    authority: authorities.find(({ id }) => id === organizationId)?.name ?? '',
    wards: wards.sort((a, b) => a.patient.name.localeCompare(b.patient.name, 'ru')),
  }
}
