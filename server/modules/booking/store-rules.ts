import { sql, type Kysely } from 'kysely'
import type { RuleBody } from '../../../contracts/booking-rules.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'
import type { Rule } from './judge-rules.ts'

// The region's rules: small, read by every node, copied everywhere in a cluster.

/** A version with who made it, when and why. */
export type RuleRow = Rule & { changedAt: Date; changedBy: string; changedByName: string; reason: string }

type Flat = Omit<RuleRow, 'body'> & { kind: string; parameters: unknown }

const columns = sql`r.rule_id as id, r.version, r.kind, r.name, r.legal_source as "legalSource", r.valid_from as "validFrom",
  r.valid_until as "validUntil", r.place as "order", r.overridable, r.organization_ids as "organizationIds",
  r.specialty_codes as "specialtyCodes", r.channels, r.parameters, r.takes_effect_at as "takesEffectAt", r.withdrawn,
  r.changed_at as "changedAt", r.changed_by as "changedBy", r.changed_by_name as "changedByName", r.reason`

const rowOf = ({ kind, parameters, ...rest }: Flat): RuleRow => ({ ...rest, body: { kind, parameters } as RuleBody })

/** What a hold has to know of the rules and of the patient's past, in one statement. */
export async function ruleFactsOf(work: Work, patientId: string): Promise<{ revision: string; noShows: Date[] }> {
  const { rows } = await sql<{ revision: string; noShows: (string | Date)[] }>`
    select (select revision from booking.rule_set) as revision,
      array(select v.starts_at from booking.patient_visit v where v.patient_id = ${patientId} and v.missed
        and v.starts_at > ${new Date(work.now.getTime() - 731 * 86_400_000)}) as "noShows"`.execute(work.db)
  const { revision, noShows } = rows[0]!
  return { revision, noShows: noShows.map((at) => new Date(at)) }
}

/** Every version of every rule with the revision they stand under: one snapshot. */
export async function allRules(work: Work): Promise<{ revision: string; versions: RuleRow[] }> {
  const { rows } = await sql<{ revision: string } & Partial<Flat>>`
    select s.revision, ${columns} from booking.rule_set s left join booking.rule_version r on true
    order by r.rule_id, r.version`.execute(work.db)
  return {
    revision: rows[0]!.revision,
    versions: rows.flatMap(({ revision: _revision, ...row }) => (row.id ? [rowOf(row as Flat)] : [])),
  }
}

/** Every version of one rule, the newest first. */
export async function versionsOf(work: Work, ruleId: string): Promise<RuleRow[]> {
  const { rows } = await sql<Flat>`select ${columns} from booking.rule_version r where r.rule_id = ${ruleId}
    order by r.version desc`.execute(work.db)
  return rows.map(rowOf)
}

/** Lets one change of rules happen at a time, and names the content that it makes. */
export async function renewRevision(db: Kysely<DB>, revision: string): Promise<void> {
  await sql`update booking.rule_set set revision = ${revision}`.execute(db)
}

/** Adds a version; false when there is one with this number already. */
export async function insertRule(db: Kysely<DB>, r: RuleRow): Promise<boolean> {
  const done = await sql`
    insert into booking.rule_version (rule_id, version, kind, name, legal_source, valid_from, valid_until, place, overridable,
      organization_ids, specialty_codes, channels, parameters, takes_effect_at, withdrawn, changed_at, changed_by, changed_by_name, reason)
    values (${r.id}, ${r.version}, ${r.body.kind}, ${r.name}, ${r.legalSource}, ${r.validFrom}, ${r.validUntil}, ${r.order},
      ${r.overridable}, ${[...r.organizationIds]}::uuid[], ${[...r.specialtyCodes]}::text[], ${[...r.channels]}::text[],
      ${JSON.stringify(r.body.parameters)}::jsonb, ${r.takesEffectAt}, ${r.withdrawn}, ${r.changedAt}, ${r.changedBy},
      ${r.changedByName}, ${r.reason})
    on conflict do nothing`.execute(db)
  return done.numAffectedRows === 1n
}

/** A rule that was booked past. */
export type OverrideRow = {
  organizationId: string
  appointmentId: string
  ruleId: string
  version: number
  reason: string
  by: string
  at: Date
}

/** Keeps with the appointment-to-be which rules were booked past and why. */
export async function insertOverrides(
  work: Work,
  visit: { organizationId: string; id: string },
  rules: readonly { id: string; version: number }[],
  reason: string,
): Promise<void> {
  await sql`insert into booking.rule_override (organization_id, appointment_id, rule_id, rule_version, reason, actor_id, actor_name, at)
    select ${visit.organizationId}, ${visit.id}, n.rule_id, n.version, ${reason}, ${work.actor.id}, ${work.actor.name}, ${work.now}
    from unnest(${rules.map((r) => r.id)}::uuid[], ${rules.map((r) => r.version)}::int[]) as n (rule_id, version)
    on conflict do nothing`.execute(work.db)
}

const overrideColumns = sql`o.organization_id as "organizationId", o.appointment_id as "appointmentId", o.rule_id as "ruleId",
  o.rule_version as version, o.reason, o.actor_name as by, o.at`

/** Rules that were booked past for this visit. */
export async function overridesOf(work: Work, organizationId: string, appointmentId: string): Promise<OverrideRow[]> {
  const { rows } = await sql<OverrideRow>`select ${overrideColumns} from booking.rule_override o
    where o.organization_id = ${organizationId} and o.appointment_id = ${appointmentId} order by o.at`.execute(work.db)
  return rows
}

/** The latest times this rule was booked past, the newest first; of one organisation when named. */
export async function overridesOfRule(
  work: Work,
  ruleId: string,
  organizationId: string | undefined,
  limit: number,
): Promise<OverrideRow[]> {
  const { rows } = await sql<OverrideRow>`select ${overrideColumns} from booking.rule_override o
    where o.rule_id = ${ruleId} ${organizationId ? sql`and o.organization_id = ${organizationId}` : sql``}
    order by o.at desc limit ${limit}`.execute(work.db)
  return rows
}

/** Keeps the number of the referral with the appointment-to-be. */
export async function insertReferral(
  work: Work,
  visit: { organizationId: string; id: string },
  number: string,
): Promise<void> {
  await sql`insert into booking.visit_referral (organization_id, appointment_id, number)
    values (${visit.organizationId}, ${visit.id}, ${number}) on conflict do nothing`.execute(work.db)
}

/** Locks what may be booked to a doctor until this work ends: what is counted per doctor is counted by one at a time. */
export async function lockDoctorLine(work: Work, key: { organizationId: string; staffId: string }): Promise<void> {
  await sql`insert into booking.doctor_line (organization_id, practitioner_role_id) values (${key.organizationId}, ${key.staffId})
    on conflict (organization_id, practitioner_role_id) do update set version = doctor_line.version + 1`.execute(
    work.db,
  )
}
