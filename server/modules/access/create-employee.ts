import type { Kysely } from 'kysely'
import type { Role } from '../../../contracts/endpoint.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import { newId } from '../../platform/ids.ts'
import { hashPassword } from './passwords.ts'
import { normalLogin } from './rules.ts'
import { sealSecret } from './sealed-secret.ts'
import { insertAssignments, insertDemoLogins, insertEmployees } from './store-employees.ts'
import { newTotpSecret, totpUri } from './totp.ts'

/** A capacity to give: `id` lets a repeated import find it. `since` is now unless told. */
export type NewAssignment = {
  id?: string
  role: Exclude<Role, 'citizen'>
  organizationId: string | null
  staffId: string | null
  since?: Date
}
export type NewEmployee = {
  /** Given by imports that may be repeated; made here otherwise. */
  accountId?: string
  /** «Фамилия Имя Отчество». */
  name: string
  login: string
  /** 8 characters or more. */
  password: string
  /** Base32; made here unless told. */
  totpSecret?: string
  assignments: readonly NewAssignment[]
  /** A demo account: `rmis serve` refuses a database that has one; its codes are shown in the demo. */
  demo?: boolean
  /** Also shown in the list beside the demo's sign-in form, in the order of `place`. */
  demoLogin?: { about: string; place: number }
}
/** What the new employee needs once: the secret for the authenticator app, also as the address of its QR code. */
export type CreatedEmployee = { accountId: string; totpSecret: string; totpUri: string }

/**
 * Makes an employee's account. `secret` is the installation's, 64 hexadecimal digits. Throws when the login is taken
 * (unique violation, 23505) or the password is shorter than 8 characters.
 */
export async function createEmployee(
  db: Kysely<DB>,
  secret: string,
  now: Date,
  employee: NewEmployee,
): Promise<CreatedEmployee> {
  const [created] = await importEmployees(db, secret, now, [employee])
  return created!
}

/**
 * Makes many accounts with a few statements. Repeating it changes nothing when the ids are given. Equal passwords of
 * demo accounts are hashed once: the demo shows them anyway, and hashing 150 would take the start's seconds.
 */
export async function importEmployees(
  db: Kysely<DB>,
  secret: string,
  now: Date,
  employees: readonly NewEmployee[],
): Promise<CreatedEmployee[]> {
  const demoHashes = new Map<string, Promise<string>>()
  const hashOf = (employee: NewEmployee): Promise<string> => {
    if (!employee.demo) return hashPassword(employee.password)
    const known = demoHashes.get(employee.password) ?? hashPassword(employee.password)
    demoHashes.set(employee.password, known)
    return known
  }
  const ready = await Promise.all(
    employees.map(async (employee) => {
      const accountId = employee.accountId ?? newId()
      const totpSecret = employee.totpSecret ?? newTotpSecret()
      return { employee, accountId, totpSecret, login: normalLogin(employee.login), hash: await hashOf(employee) }
    }),
  )
  await insertEmployees(
    db,
    ready.map(({ employee, accountId, totpSecret, login, hash }) => ({
      account_id: accountId,
      display_name: employee.name,
      demo: employee.demo ?? false,
      login,
      password_hash: hash,
      totp_secret: sealSecret(secret, accountId, totpSecret),
    })),
    now,
  )
  await insertAssignments(
    db,
    ready.flatMap(({ employee, accountId }) => employee.assignments.map((a) => assignmentRecord(accountId, a, now))),
  )
  await insertDemoLogins(
    db,
    ready.flatMap(({ employee, accountId }) =>
      employee.demoLogin ? [{ account_id: accountId, password: employee.password, ...employee.demoLogin }] : [],
    ),
  )
  return ready.map(({ accountId, totpSecret, login }) => ({
    accountId,
    totpSecret,
    totpUri: totpUri(totpSecret, login),
  }))
}

/** Gives an account one more capacity; returns its id. */
export async function addAssignment(
  db: Kysely<DB>,
  accountId: string,
  assignment: NewAssignment,
  now: Date,
): Promise<string> {
  const record = assignmentRecord(accountId, assignment, now)
  await insertAssignments(db, [record])
  return record.id
}

const assignmentRecord = (accountId: string, a: NewAssignment, now: Date) => ({
  id: a.id ?? newId(),
  account_id: accountId,
  role: a.role,
  organization_id: a.organizationId,
  staff_id: a.staffId,
  since: a.since ?? now,
})
