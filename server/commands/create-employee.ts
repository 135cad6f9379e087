import { randomBytes } from 'node:crypto'
import { WrongSetting, readConfig } from '../config.ts'
import { digitsOf } from '../../contracts/formats.ts'
import { createEmployee, type CreatedEmployee, type NewAssignment, type NewEmployee } from '../modules/access/index.ts'
import { allOrganizations, staffBySnils } from '../modules/organizations/index.ts'
import { authorityNames } from '../modules/patients/index.ts'
import { perform, system } from '../platform/perform.ts'
import type { Platform } from '../platform/platform.ts'
import type { Work } from '../platform/work.ts'
import { withPlatform } from './open-platform.ts'

const usage = `rmis create-employee <role> <login> <name> [<OID of the organisation>]
  role: administrator, security-officer, call-centre, registrar, head
  name: «Фамилия Имя Отчество»
rmis create-employee guardianship-officer <login> <name> <name of the authority>
  the authority is entered by an administrator beforehand
rmis create-employee doctor <login> <СНИЛС>
  a capacity for each position that the person holds (rmis import organizations)
`
const ROLES = [
  'administrator',
  'security-officer',
  'call-centre',
  'registrar',
  'head',
  'guardianship-officer',
  'doctor',
] as const
/** Those whose every operation is at an organisation of their own. */
const AT_AN_ORGANIZATION: readonly string[] = ['registrar', 'head']

/** `name` is a doctor's СНИЛС: the name is the one of the register of staff. */
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
  if (role === 'guardianship-officer' && !organizationOid)
    throw new WrongSetting('a guardianship-officer works at an authority: name it as the administrator entered it')
  const operation = { name: 'access.create-employee', journal: 'change' } as const
  const created = await perform(platform, system, operation, async (work) => {
    const person = role === 'doctor' ? await doctor(work, name) : await official(work, role, name, organizationOid)
    const made = await createEmployee(work.db, secret, work.now, { ...person, login, password })
    work.note({ objectType: 'account', objectId: made.accountId })
    return made
  }).catch((error: unknown) => {
    throw (error as { code?: string }).code === '23505' ? new WrongSetting(`the login ${login} is taken`) : error
  })
  return { ...created, password }
}

type Person = Pick<NewEmployee, 'name' | 'assignments'>

async function official(
  work: Work,
  role: NewAssignment['role'],
  name: string,
  oid: string | undefined,
): Promise<Person> {
  if (role === 'guardianship-officer') return officer(work, name, oid)
  const organization = (await allOrganizations(work)).find((one) => one.oid === oid)
  if (oid && !organization) throw new WrongSetting(`no organisation has the OID ${oid}`)
  return { name, assignments: [{ role, organizationId: organization?.id ?? null, staffId: null }] }
}

async function officer(work: Work, name: string, authority: string | undefined): Promise<Person> {
  const known = [...(await authorityNames(work))].find(([, called]) => called === authority)
  if (!known) throw new WrongSetting(`no guardianship authority is called «${authority}»`)
  return { name, assignments: [{ role: 'guardianship-officer', organizationId: known[0], staffId: null }] }
}

async function doctor(work: Work, snils: string): Promise<Person> {
  const positions = await staffBySnils(work, digitsOf(snils))
  if (positions.length === 0) throw new WrongSetting('nobody with this СНИЛС works anywhere today')
  const assignments = positions.map(({ id, organizationId }) => ({
    role: 'doctor' as const,
    organizationId,
    staffId: id,
  }))
  return { name: positions[0]!.name, assignments }
}
