import { sql, type Kysely } from 'kysely'
import type { CategoryDecision } from '../../../contracts/service-categories.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

// What people come for: few, read by every node, copied everywhere in a cluster.

export type CategoryRow = CategoryDecision & {
  id: string
  version: number
  withdrawn: boolean
  changedAt: Date
  changedBy: string
  changedByName: string
  reason: string
}

const columns = sql`c.category_id as id, c.version, c.name, c.about, c.specialty_codes as "specialtyCodes",
  c.service_codes as "serviceCodes", c.age_from as "ageFrom", c.age_to as "ageTo", c.sex, c.bring, c.place as "order",
  c.withdrawn, c.changed_at as "changedAt", c.changed_by as "changedBy", c.changed_by_name as "changedByName", c.reason`

/** The latest version of every category, withdrawn ones left out, in their order. */
export async function currentCategories(work: Work): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`
    select * from (select distinct on (c.category_id) ${columns} from booking.service_category_version c
      order by c.category_id, c.version desc) latest
    where not withdrawn order by "order", name`.execute(work.db)
  return rows
}

/** Every version of one category, the newest first. */
export async function categoryVersions(work: Work, id: string): Promise<CategoryRow[]> {
  const { rows } = await sql<CategoryRow>`select ${columns} from booking.service_category_version c
    where c.category_id = ${id} order by c.version desc`.execute(work.db)
  return rows
}

/** Adds a version; false when there is one with this number already: of two who change it at once one is second. */
export async function insertCategory(db: Kysely<DB>, c: CategoryRow): Promise<boolean> {
  const done =
    await sql`insert into booking.service_category_version (category_id, version, name, about, specialty_codes,
      service_codes, age_from, age_to, sex, bring, place, withdrawn, changed_at, changed_by, changed_by_name, reason)
    values (${c.id}, ${c.version}, ${c.name}, ${c.about}, ${[...c.specialtyCodes]}::text[], ${[...c.serviceCodes]}::text[],
      ${c.ageFrom}, ${c.ageTo}, ${c.sex}, ${c.bring}, ${c.order}, ${c.withdrawn}, ${c.changedAt}, ${c.changedBy},
      ${c.changedByName}, ${c.reason})
    on conflict do nothing`.execute(db)
  return done.numAffectedRows === 1n
}

type Visit = { organizationId: string; id: string }

/** Keeps what the visit-to-be is for. */
export async function insertVisitCategory(
  work: Work,
  visit: Visit,
  category: { id: string; version: number },
): Promise<void> {
  await sql`insert into booking.visit_category (organization_id, appointment_id, category_id, category_version)
    values (${visit.organizationId}, ${visit.id}, ${category.id}, ${category.version}) on conflict do nothing`.execute(
    work.db,
  )
}

/** A visit that takes another's place is for the same. */
export async function carryCategory(work: Work, from: Visit, to: Visit): Promise<void> {
  await sql`insert into booking.visit_category (organization_id, appointment_id, category_id, category_version)
    select ${to.organizationId}::uuid, ${to.id}::uuid, category_id, category_version from booking.visit_category
    where organization_id = ${from.organizationId} and appointment_id = ${from.id} on conflict do nothing`.execute(
    work.db,
  )
}

/** What these visits are for, as the person has read it; a visit simply to a doctor is left out. */
export async function categoriesOf(
  work: Work,
  visits: readonly Visit[],
): Promise<Map<string, { name: string; bring: string | null }>> {
  if (visits.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; bring: string | null }>`
    select v.appointment_id as id, c.name, c.bring
    from unnest(${visits.map((v) => v.organizationId)}::uuid[], ${visits.map((v) => v.id)}::uuid[]) as n (organization_id, id)
    join booking.visit_category v on v.organization_id = n.organization_id and v.appointment_id = n.id
    join booking.service_category_version c on c.category_id = v.category_id and c.version = v.category_version`.execute(
    work.db,
  )
  return new Map(rows.map(({ id, name, bring }) => [id, { name, bring }]))
}
