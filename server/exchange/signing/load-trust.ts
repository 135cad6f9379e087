import {
  certificatesByFingerprints,
  revocationListBytes,
  revocationListsAt,
  trustedFingerprints,
  type RevocationListKey,
} from '../../modules/signatures/index.ts'
import type { Work } from '../../platform/work.ts'
import {
  readCertificate,
  readRevocationList,
  type Certificate,
  type RevocationList,
  type Trust,
} from '../../standards/cades/index.ts'

// What the database trusts is asked at every verification, but bytes are read and parsed once: neither a certificate
// nor a list ever changes, and a list of a large authority is megabytes long.
const certificates = new Map<string, Certificate>()
const lists = new Map<string, RevocationList>()
const MAX_CERTIFICATES = 5000
const MAX_LISTS = 200

/** Whom this installation believes, with the revocation lists that bear on a moment. */
export async function loadTrust(work: Work, at: Date): Promise<Trust> {
  if (certificates.size > MAX_CERTIFICATES) certificates.clear()
  const [trusted, keys] = await Promise.all([trustedFingerprints(work), revocationListsAt(work, at)])
  const missing = trusted.filter(({ fingerprint }) => !certificates.has(fingerprint.toString('hex')))
  const [loaded, revocationLists] = await Promise.all([
    certificatesByFingerprints(
      work,
      missing.map(({ fingerprint }) => fingerprint),
    ),
    Promise.all(keys.map((key) => listOf(work, key))),
  ])
  for (const bytes of loaded) {
    const certificate = readCertificate(bytes)
    certificates.set(certificate.fingerprint, certificate)
  }
  const ofKind = (kind: 'anchor' | 'intermediate'): Certificate[] =>
    trusted.flatMap((row) => (row.kind === kind ? [certificates.get(row.fingerprint.toString('hex'))!] : []))
  return { anchors: ofKind('anchor'), intermediates: ofKind('intermediate'), revocationLists }
}

async function listOf(work: Work, key: RevocationListKey): Promise<RevocationList> {
  const name = `${key.issuer.toString('hex')}/${key.number}`
  const known = lists.get(name)
  if (known) return known
  const list = readRevocationList(await revocationListBytes(work, key))
  if (lists.size >= MAX_LISTS) lists.clear()
  lists.set(name, list)
  return list
}
