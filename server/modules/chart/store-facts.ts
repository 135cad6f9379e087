import { sql } from 'kysely'
import type { PageCursor } from '../../platform/page-cursor.ts'
import type { Work } from '../../platform/work.ts'

/** A clinical fact: the FHIR resource as text beside what searches need. */
export type Fact = {
  patientId: string
  id: string
  version: number
  kind: string
  at: Date
  /** Its day by the organisation's calendar, 'YYYY-MM-DD'. */
  day: string
  organizationId: string
  staffId: string | null
  visitId: string | null
  documentId: string | null
  codeSystem: string | null
  code: string | null
  title: string
  status: string | null
  resource: string
}
export type FactLine = Omit<Fact, 'resource' | 'version'>

/** Adds facts in one statement. */
export async function insertFacts(work: Work, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return
  await work.db
    .insertInto('chart.fact')
    .values(
      facts.map((f) => ({
        patient_id: f.patientId,
        id: f.id,
        version: f.version,
        is_current: true,
        kind: f.kind,
        at: f.at,
        day: f.day,
        organization_id: f.organizationId,
        practitioner_role_id: f.staffId,
        visit_id: f.visitId,
        document_id: f.documentId,
        code_system: f.codeSystem,
        code: f.code,
        title: f.title,
        status: f.status,
        resource: f.resource,
        recorded_at: work.now,
      })),
    )
    .execute()
}

export type TimelineFilter = {
  kind?: string | undefined
  /** Days, 'YYYY-MM-DD', both included. */
  from?: string | undefined
  to?: string | undefined
  before?: PageCursor | undefined
  limit: number
}

/** Lines of the timeline, newest first, without the resources themselves. */
export async function findFacts(work: Work, patientId: string, filter: TimelineFilter): Promise<FactLine[]> {
  const { rows } = await sql<FactLine>`
    select patient_id as "patientId", id, kind, at, day, organization_id as "organizationId", practitioner_role_id as "staffId", visit_id as "visitId",
      document_id as "documentId", code_system as "codeSystem", code, title, status
    from chart.fact where patient_id = ${patientId} and is_current
      ${filter.kind ? sql`and kind = ${filter.kind}` : sql``}
      ${filter.from ? sql`and day >= ${filter.from}::date` : sql``}
      ${filter.to ? sql`and day <= ${filter.to}::date` : sql``}
      ${filter.before ? sql`and (at, id) < (${filter.before.at}, ${filter.before.id})` : sql``}
    order by at desc, id desc limit ${filter.limit}`.execute(work.db)
  return rows
}

/** One fact with its resource, byte for byte as it was stored. */
export async function findFact(
  work: Work,
  patientId: string,
  factId: string,
): Promise<{ id: string; version: number; kind: string; resource: string } | undefined> {
  return work.db
    .selectFrom('chart.fact')
    .select(['id', 'version', 'kind', 'resource'])
    .where('patient_id', '=', patientId)
    .where('id', '=', factId)
    .where('is_current', '=', true)
    .executeTakeFirst()
}

/** The signed document of a visit, found through the fact that stands for it. */
export async function documentOfVisit(work: Work, patientId: string, visitId: string): Promise<string | undefined> {
  const row = await work.db
    .selectFrom('chart.fact')
    .select('document_id')
    .where('patient_id', '=', patientId)
    .where('visit_id', '=', visitId)
    .where('kind', '=', 'DocumentReference')
    .where('is_current', '=', true)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.document_id ?? undefined
}
