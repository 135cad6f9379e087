import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** A key of the software provider: certificate in DER, private key in PKCS#8 sealed with the installation's secret. */
export type SoftwareKey = {
  id: string
  snils: string
  owner: string
  certificate: Uint8Array
  encryptedKey: Uint8Array
  notAfter: Date
}

const columns = [
  'id',
  'snils',
  'owner',
  'certificate',
  'encrypted_key as encryptedKey',
  'not_after as notAfter',
] as const

/** The newest live key of the person with this СНИЛС. */
export const keyOfPerson = (work: Work, snils: string): Promise<SoftwareKey | undefined> =>
  work.db
    .selectFrom('signatures.software_key')
    .select(columns)
    .where('snils', '=', snils)
    .where('revoked_at', 'is', null)
    .where('not_after', '>', work.now)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const findKey = (work: Work, id: string): Promise<SoftwareKey | undefined> =>
  work.db.selectFrom('signatures.software_key').select(columns).where('id', '=', id).executeTakeFirst()

/** Which of these people (by СНИЛС) have a live key. */
export async function peopleWithKeys(db: Kysely<DB>, snils: readonly string[], now: Date): Promise<Set<string>> {
  if (snils.length === 0) return new Set()
  const rows = await db
    .selectFrom('signatures.software_key')
    .select('snils')
    .where('snils', 'in', snils)
    .where('revoked_at', 'is', null)
    .where('not_after', '>', now)
    .execute()
  return new Set(rows.map((row) => row.snils))
}

export async function insertKeys(db: Kysely<DB>, keys: readonly SoftwareKey[], now: Date): Promise<void> {
  if (keys.length === 0) return
  await db
    .insertInto('signatures.software_key')
    .values(
      keys.map((key) => ({
        id: key.id,
        snils: key.snils,
        owner: key.owner,
        certificate: Buffer.from(key.certificate),
        encrypted_key: Buffer.from(key.encryptedKey),
        not_after: key.notAfter,
        created_at: now,
      })),
    )
    .execute()
}
