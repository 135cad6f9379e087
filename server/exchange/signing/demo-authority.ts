import type { Kysely } from 'kysely'
import { demoAuthority, insertRevocationList, insertTrusted } from '../../modules/signatures/index.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import { issueRevocationList, issueRoot, newKey, readCertificate, type Authority } from '../../standards/cades/index.ts'
import { openKey, sealKey } from './sealed-key.ts'

const NAME = 'Демонстрационный УЦ РМИС (без юридической силы)'
/** The demo's past records are signed with the clock set back, and a demo may be kept for long. */
const YEARS = 10

/**
 * Makes the demo's authority: a root that verification trusts and its list of revoked certificates, empty and in force
 * as long as the root. Where there is one already, nothing changes.
 */
export async function issueDemoAuthority(db: Kysely<DB>, secret: string, now: Date): Promise<void> {
  if (await demoAuthority(db)) return
  const key = newKey()
  const notAfter = yearsFrom(now, YEARS)
  const subject = { country: 'RU', organization: 'РМИС, демонстрация', commonName: NAME }
  const root = issueRoot({ subject, notBefore: yearsFrom(now, -YEARS), notAfter }, key)
  const { fingerprint: hex, der } = root.certificate
  const fingerprint = Buffer.from(hex, 'hex')
  const inserted = await insertTrusted(
    db,
    {
      fingerprint,
      kind: 'anchor',
      subject: NAME,
      certificate: Buffer.from(der),
      demo: { encryptedKey: sealKey(secret, { table: 'trusted_certificate', id: hex }, key) },
    },
    now,
  )
  // Another node was first; its authority and its list stand.
  if (!inserted) return
  const list = { number: 1n, thisUpdate: now, nextUpdate: notAfter, revoked: new Map() }
  await insertRevocationList(db, {
    issuer: fingerprint,
    number: '1',
    thisUpdate: now,
    nextUpdate: notAfter,
    crl: issueRevocationList(root, list),
  })
}

/** The demo's authority with its key, to issue certificates with. Throws when there is none. */
export async function openDemoAuthority(db: Kysely<DB>, secret: string): Promise<Authority> {
  const row = await demoAuthority(db)
  if (!row) throw new Error('there is no demo authority: issueDemoAuthority comes first')
  const certificate = readCertificate(row.certificate)
  const owner = { table: 'trusted_certificate', id: certificate.fingerprint } as const
  return { certificate, key: openKey(secret, owner, row.encryptedKey) }
}

/** The same day so many years later (earlier, when negative). */
export function yearsFrom(moment: Date, years: number): Date {
  const date = new Date(moment)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date
}
