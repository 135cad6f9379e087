import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

export type SoftwareKey = {
  id: string
  snils: string
  owner: string
  certificate: Buffer
  encryptedKey: Buffer
  notAfter: Date
}

/** The newest live software key of a person. */
export async function keyOfPerson(work: Work, snils: string): Promise<SoftwareKey | undefined> {
  const row = await work.db
    .selectFrom('signatures.software_key')
    .selectAll()
    .where('snils', '=', snils)
    .where('revoked_at', 'is', null)
    .where('not_after', '>', work.now)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      snils: row.snils,
      owner: row.owner,
      certificate: row.certificate,
      encryptedKey: row.encrypted_key,
      notAfter: row.not_after,
    }
  )
}

export async function insertKey(db: Kysely<DB>, key: SoftwareKey, now: Date): Promise<void> {
  await db
    .insertInto('signatures.software_key')
    .values({
      id: key.id,
      snils: key.snils,
      owner: key.owner,
      certificate: key.certificate,
      encrypted_key: key.encryptedKey,
      not_after: key.notAfter,
      created_at: now,
    })
    .execute()
}

export async function insertTrusted(
  db: Kysely<DB>,
  c: { fingerprint: Buffer; kind: 'anchor' | 'intermediate'; subject: string; certificate: Buffer; demo: boolean },
  now: Date,
): Promise<void> {
  await db
    .insertInto('signatures.trusted_certificate')
    .values({ ...c, added_at: now })
    .onConflict((x) => x.doNothing())
    .execute()
}

export async function trustedCertificates(
  work: Work,
): Promise<{ kind: string; certificate: Buffer; fingerprint: Buffer }[]> {
  return work.db.selectFrom('signatures.trusted_certificate').select(['kind', 'certificate', 'fingerprint']).execute()
}

/** The newest list of each issuer. */
export async function revocationLists(work: Work): Promise<Buffer[]> {
  const rows = await work.db
    .selectFrom('signatures.revocation_list')
    .select('crl')
    .distinctOn('issuer_fingerprint')
    .orderBy('issuer_fingerprint')
    .orderBy('number', 'desc')
    .execute()
  return rows.map((row) => row.crl)
}

export async function insertRevocationList(
  db: Kysely<DB>,
  list: { issuer_fingerprint: Buffer; number: string; this_update: Date; next_update: Date; crl: Buffer },
): Promise<void> {
  await db
    .insertInto('signatures.revocation_list')
    .values(list)
    .onConflict((x) => x.doNothing())
    .execute()
}
