import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** A certificate that chains may end in or pass through. `fingerprint` is SHA-256 of its DER. */
export type TrustedCertificate = {
  fingerprint: Buffer
  kind: 'anchor' | 'intermediate'
  subject: string
  certificate: Buffer
  /** The demo's own authority, at most one; it alone keeps its sealed private key here. */
  demo?: { encryptedKey: Buffer }
}

/** Adds a trusted certificate. False when it is there already, or when another demo authority is. */
export async function insertTrusted(db: Kysely<DB>, trusted: TrustedCertificate, now: Date): Promise<boolean> {
  const { demo, ...row } = trusted
  const inserted = await db
    .insertInto('signatures.trusted_certificate')
    .values({ ...row, demo: demo !== undefined, encrypted_key: demo?.encryptedKey ?? null, added_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('fingerprint')
    .executeTakeFirst()
  return inserted !== undefined
}

/** What is trusted, by fingerprints: the bytes behind one never change and need reading once. */
export async function trustedFingerprints(
  work: Work,
): Promise<{ fingerprint: Buffer; kind: 'anchor' | 'intermediate' }[]> {
  const rows = await work.db.selectFrom('signatures.trusted_certificate').select(['fingerprint', 'kind']).execute()
  return rows.map((row) => ({ fingerprint: row.fingerprint, kind: row.kind as 'anchor' | 'intermediate' }))
}

/** The trusted certificates with these fingerprints, DER. */
export async function certificatesByFingerprints(work: Work, fingerprints: readonly Buffer[]): Promise<Buffer[]> {
  if (fingerprints.length === 0) return []
  const rows = await work.db
    .selectFrom('signatures.trusted_certificate')
    .select('certificate')
    .where('fingerprint', 'in', fingerprints)
    .execute()
  return rows.map((row) => row.certificate)
}

/** The demo's authority, if this database has one. */
export async function demoAuthority(
  db: Kysely<DB>,
): Promise<{ certificate: Buffer; encryptedKey: Buffer; fingerprint: Buffer } | undefined> {
  const row = await db
    .selectFrom('signatures.trusted_certificate')
    .select(['fingerprint', 'certificate', 'encrypted_key'])
    .where('demo', '=', true)
    .executeTakeFirst()
  return row && { fingerprint: row.fingerprint, certificate: row.certificate, encryptedKey: row.encrypted_key! }
}

/** Whether this database trusts the demo's authority or holds software keys: `rmis serve` refuses to run over it. */
export async function isDemoAuthorityPresent(db: Kysely<DB>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select
    exists (select 1 from signatures.trusted_certificate where demo)
    or exists (select 1 from signatures.software_key) as found`.execute(db)
  return rows[0]!.found
}

/** Names one list of one issuer. A list never changes once it is out. */
export type RevocationListKey = { issuer: Buffer; number: string }

/**
 * The lists that bear on a moment: of each issuer the newest, and the newest of those out by then. The second matters
 * for old documents: newer lists no longer name certificates that have expired since.
 */
export async function revocationListsAt(work: Work, at: Date): Promise<RevocationListKey[]> {
  const { rows } = await sql<{ issuer: Buffer; newest: string; then: string | null }>`
    select issuer_fingerprint as issuer, max(number) as newest, max(number) filter (where this_update <= ${at}) as "then"
    from signatures.revocation_list group by issuer_fingerprint`.execute(work.db)
  return rows.flatMap(({ issuer, newest, then }) =>
    [...new Set([newest, ...(then === null ? [] : [then])])].map((number) => ({ issuer, number })),
  )
}

/** A list's bytes, DER. Throws when there is none of that name. */
export async function revocationListBytes(work: Work, key: RevocationListKey): Promise<Buffer> {
  const row = await work.db
    .selectFrom('signatures.revocation_list')
    .select('crl')
    .where('issuer_fingerprint', '=', key.issuer)
    .where('number', '=', key.number)
    .executeTakeFirstOrThrow()
  return row.crl
}

/** Keeps a list of a trusted issuer; one that is there already stays as it is. */
export async function insertRevocationList(
  db: Kysely<DB>,
  list: RevocationListKey & { thisUpdate: Date; nextUpdate: Date; crl: Uint8Array },
): Promise<void> {
  await db
    .insertInto('signatures.revocation_list')
    .values({
      issuer_fingerprint: list.issuer,
      number: list.number,
      this_update: list.thisUpdate,
      next_update: list.nextUpdate,
      crl: Buffer.from(list.crl),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
