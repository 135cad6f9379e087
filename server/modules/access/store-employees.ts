import { sql, type Kysely } from 'kysely'
import type { Role } from '../../../contracts/endpoint.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

export type EmployeeRow = {
  account_id: string
  display_name: string
  blocked_at: Date | null
  login: string
  password_hash: string
  last_assignment_id: string | null
}

/** The employee of a login, with the capacity they worked in last. */
export async function employeeByLogin(work: Work, login: string): Promise<EmployeeRow | undefined> {
  const { rows } = await sql<EmployeeRow>`
    select l.account_id, a.display_name, a.blocked_at, l.login, l.password_hash,
      (select s.assignment_id from access.session s where s.account_id = a.id and s.complete
        order by s.created_at desc limit 1) as last_assignment_id
    from access.employee_login l join access.account a on a.id = l.account_id
    where l.login = ${login}`.execute(work.db)
  return rows[0]
}

export type EmployeeRecord = {
  account_id: string
  display_name: string
  demo: boolean
  login: string
  password_hash: string
  totp_secret: string
}

/** Adds accounts with their logins; those whose id is there already stay as they are. */
export async function insertEmployees(db: Kysely<DB>, records: readonly EmployeeRecord[], now: Date): Promise<void> {
  const rows = JSON.stringify(records)
  await sql`insert into access.account (id, kind, display_name, demo, created_at)
    select account_id, 'employee', display_name, demo, ${now}::timestamptz
    from json_to_recordset(${rows}::json) as r (account_id uuid, display_name text, demo boolean)
    on conflict (id) do nothing`.execute(db)
  await sql`insert into access.employee_login (account_id, login, password_hash, totp_secret)
    select account_id, login, password_hash, totp_secret
    from json_populate_recordset(null::access.employee_login, ${rows}::json)
    on conflict (account_id) do nothing`.execute(db)
}

export type AssignmentRecord = {
  id: string
  account_id: string
  role: Role
  organization_id: string | null
  staff_id: string | null
  since: Date
}

/** Adds capacities; one whose id is there already stays as it is. */
export async function insertAssignments(db: Kysely<DB>, records: readonly AssignmentRecord[]): Promise<void> {
  await sql`insert into access.assignment (id, account_id, role, organization_id, staff_id, since)
    select id, account_id, role, organization_id, staff_id, since
    from json_populate_recordset(null::access.assignment, ${JSON.stringify(records)}::json)
    on conflict (id) do nothing`.execute(db)
}

/** Ends a capacity; false when there is none such that still runs. */
export async function closeAssignment(db: Kysely<DB>, id: string, until: Date): Promise<boolean> {
  const done = await db
    .updateTable('access.assignment')
    .set({ until })
    .where('id', '=', id)
    .where((e) => e.or([e('until', 'is', null), e('until', '>', until)]))
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Blocks an account and ends its sessions. */
export async function blockAndEndSessions(db: Kysely<DB>, accountId: string, at: Date): Promise<void> {
  await db.updateTable('access.account').set({ blocked_at: at }).where('id', '=', accountId).execute()
  await db
    .updateTable('access.session')
    .set({ revoked_at: at })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}

export type DemoLoginRecord = { account_id: string; password: string; about: string; place: number }

/** Adds logins shown beside the demo's sign-in form. */
export async function insertDemoLogins(db: Kysely<DB>, records: readonly DemoLoginRecord[]): Promise<void> {
  await sql`insert into access.demo_login (account_id, password, about, place)
    select account_id, password, about, place
    from json_populate_recordset(null::access.demo_login, ${JSON.stringify(records)}::json)
    on conflict (account_id) do nothing`.execute(db)
}

/** Demo logins with the role of each one's first capacity, in their order. */
export async function demoLogins(work: Work) {
  const { rows } = await sql<{ login: string; password: string; display_name: string; role: Role; about: string }>`
    select l.login, d.password, a.display_name, g.role, d.about
    from access.demo_login d
    join access.account a on a.id = d.account_id and a.demo and a.blocked_at is null
    join access.employee_login l on l.account_id = a.id
    cross join lateral (select role from access.assignment g where g.account_id = a.id
      and g.since <= ${work.now} and (g.until is null or g.until > ${work.now}) order by g.since, g.id limit 1) g
    order by d.place, l.login`.execute(work.db)
  return rows
}

/** Whether anybody of the demo is in this database. */
export async function anyDemoAccount(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select 1 from access.account where demo)
    or exists (select 1 from access.demo_login) as found`.execute(db)
  return rows[0]!.found
}
