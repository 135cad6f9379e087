import { randomBytes } from 'node:crypto'
import { WrongSetting, readConfig } from '../config.ts'
import { createEmployee, type CreatedEmployee } from '../modules/access/index.ts'
import { allOrganizations } from '../modules/organizations/index.ts'
import { perform, system } from '../platform/perform.ts'
import type { Platform } from '../platform/platform.ts'
import { withPlatform } from './open-platform.ts'

const usage = `rmis create-employee <role> <login> <name> [<OID of the organisation>]
  role: administrator, security-officer, registrar, head
  name: «Фамилия Имя Отчество»
`
// A doctor's account needs a member of staff, and those come with an import of organisations, not from here.
const ROLES = ['administrator', 'security-officer', 'registrar', 'head'] as const
/** Those whose every operation is at an organisation of their own. */
const AT_AN_ORGANIZATION: readonly string[] = ['registrar', 'head']

type NewLogin = { role: (typeof ROLES)[number]; login: string; name: string; organizationOid: string | undefined }

/**
 * `rmis create-employee`: the first accounts of an installation, which nobody could make otherwise. Prints a password made
 * here and the address for the authenticator app, once. Exit code 2 when the command was not understood.
 */
export async function createEmployeeCommand(args: readonly string[]): Promise<void> {
  const [role, login, name, organizationOid, ...more] = args
  const known = ROLES.find((one) => one === role)
  if (!known || !login || !name || more.length > 0) {
    process.stderr.write(usage)
    process.exitCode = 2
    return
  }
  const { databaseUrl, secret } = readConfig('demo')
  if (!databaseUrl) throw new WrongSetting('RMIS_DATABASE_URL is required')
  if (!secret) throw new WrongSetting('RMIS_SECRET is required: the same as that of `rmis serve`')
  const employee = { role: known, login, name, organizationOid }
  const { password, totpUri } = await withPlatform((platform) => makeEmployee(platform, secret, employee))
  process.stdout.write(`login:         ${login}\npassword:      ${password}\nsecond factor: ${totpUri}\n`)
}

/** Makes the account. Throws WrongSetting for an organisation that is not there and a login that is taken. */
export async function makeEmployee(
  platform: Platform,
  secret: string,
  { role, login, name, organizationOid }: NewLogin,
): Promise<CreatedEmployee & { password: string }> {
  if (AT_AN_ORGANIZATION.includes(role) && !organizationOid)
    throw new WrongSetting(`a ${role} works at an organisation: name its OID`)
  const password = randomBytes(15).toString('base64url')
  const operation = { name: 'access.create-employee', journal: 'change' } as const
  const created = await perform(platform, system, operation, async (work) => {
    const organization = (await allOrganizations(work)).find(({ oid }) => oid === organizationOid)
    if (organizationOid && !organization) throw new WrongSetting(`no organisation has the OID ${organizationOid}`)
    const assignments = [{ role, organizationId: organization?.id ?? null, staffId: null }]
    const made = await createEmployee(work.db, secret, work.now, { name, login, password, assignments })
    work.note({ objectType: 'account', objectId: made.accountId })
    return made
  }).catch((error: unknown) => {
    throw (error as { code?: string }).code === '23505' ? new WrongSetting(`the login ${login} is taken`) : error
  })
  return { ...created, password }
}
