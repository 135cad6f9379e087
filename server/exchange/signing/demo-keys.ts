import type { Kysely } from 'kysely'
import { insertKeys, peopleWithKeys, type SoftwareKey } from '../../modules/signatures/index.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import { newId } from '../../platform/ids.ts'
import { issueCertificate, newKey, publicKeyOf, type Authority } from '../../standards/cades/index.ts'
import { openDemoAuthority, yearsFrom } from './demo-authority.ts'
import { sealKey } from './sealed-key.ts'

/** A person of the demo who signs. `snils` is 11 digits. */
export type DemoSigner = {
  snils: string
  lastName: string
  firstName: string
  middleName: string | null
  position: string
  organization: string
}

/** Within the authority's own term, and long enough back for the demo's past records. */
const YEARS = 5

/**
 * Gives each of these people a key and a certificate of the demo's authority. Who has a live key keeps it, so repeating
 * it changes nothing; a person named twice gets one. Throws when issueDemoAuthority has not been called.
 */
export async function issueDemoKeys(
  db: Kysely<DB>,
  secret: string,
  now: Date,
  people: readonly DemoSigner[],
): Promise<void> {
  const bySnils = new Map(people.toReversed().map((person) => [person.snils, person]))
  const [authority, have] = await Promise.all([
    openDemoAuthority(db, secret),
    peopleWithKeys(db, [...bySnils.keys()], now),
  ])
  const without = [...bySnils.values()].filter((person) => !have.has(person.snils))
  await insertKeys(
    db,
    without.map((person) => keyOf(person, authority, secret, now)),
    now,
  )
}

function keyOf(person: DemoSigner, authority: Authority, secret: string, now: Date): SoftwareKey {
  const id = newId()
  const key = newKey()
  const givenName = [person.firstName, person.middleName].filter(Boolean).join(' ')
  const owner = `${person.lastName} ${givenName}`
  const notAfter = yearsFrom(now, YEARS)
  const subject = {
    country: 'RU',
    organization: person.organization,
    position: person.position,
    snils: person.snils,
    surname: person.lastName,
    givenName,
    commonName: owner,
  }
  const statement = { subject, notBefore: yearsFrom(now, -YEARS), notAfter, signTool: 'Демонстрационный ключ РМИС' }
  const certificate = issueCertificate(statement, publicKeyOf(key), authority)
  const encryptedKey = sealKey(secret, { table: 'software_key', id }, key)
  return { id, snils: person.snils, owner, certificate: certificate.der, encryptedKey, notAfter }
}
