import { createHash } from 'node:crypto'
import { isSignedBy } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { sameBytes } from './der-values.ts'
import type { Flaw } from './flaws.ts'

/** A path from a certificate to an anchor, both included; or what stands in its way. */
export type Chain = { path: Certificate[] } | { flaw: Flaw }

/** From the least telling to the most: where several paths fail, the one that came furthest explains the refusal. */
const BY_WEIGHT = [
  'unknown-issuer',
  'issuer-did-not-sign',
  'issuer-is-no-authority',
  'unknown-restriction',
  'authority-not-in-force',
  'not-yet-valid',
  'expired',
] as const satisfies readonly Flaw[]
type ChainFlaw = (typeof BY_WEIGHT)[number]

const MAX_LENGTH = 8
/** Certificates that came with a signature may form a maze; this many signatures are checked in it and no more. */
const MAX_CHECKS = 30

/**
 * Looks for a path from `leaf` through `pool` to one of `anchors` (RFC 5280 §6, without names and policies). Anchors
 * are trusted by their exact bytes, yet must be in force like everybody else at the moment `at`.
 */
export function findChain(
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
): Chain {
  const trusted = new Set(anchors.map((anchor) => anchor.fingerprint))
  const candidates = [...anchors, ...pool]
  let found: ChainFlaw = 'unknown-issuer'
  let checks = 0
  const fails = (flaw: ChainFlaw): undefined => {
    if (BY_WEIGHT.indexOf(flaw) > BY_WEIGHT.indexOf(found)) found = flaw
  }

  function extend(path: Certificate[]): Certificate[] | undefined {
    const last = path.at(-1)!
    const flaw = flawOfLink(last, path.length > 1, at)
    if (flaw) return fails(flaw)
    if (trusted.has(last.fingerprint)) return path
    if (path.length === MAX_LENGTH) return undefined
    for (const issuer of candidates) {
      if (!mayHaveIssued(issuer, last) || path.some((one) => one.fingerprint === issuer.fingerprint)) continue
      if (!mayIssue(issuer, path.length - 1)) fails('issuer-is-no-authority')
      else if (++checks > MAX_CHECKS) return undefined
      else if (!isIssuedBy(last, issuer)) fails('issuer-did-not-sign')
      else {
        const whole = extend([...path, issuer])
        if (whole) return whole
      }
    }
    return undefined
  }

  const path = extend([leaf])
  return path ? { path } : { flaw: found }
}

function flawOfLink(certificate: Certificate, isAuthority: boolean, at: Date): ChainFlaw | undefined {
  if (certificate.hasUnknownCritical) return 'unknown-restriction'
  if (at < certificate.notBefore) return isAuthority ? 'authority-not-in-force' : 'not-yet-valid'
  if (at > certificate.notAfter) return isAuthority ? 'authority-not-in-force' : 'expired'
  return undefined
}

/** By name and key identifier, as issuers are found (RFC 5280 §§4.1.2.4, 4.2.1.1). */
const mayHaveIssued = (issuer: Certificate, certificate: Certificate): boolean =>
  sameBytes(issuer.subject.raw, certificate.issuer.raw) &&
  (!certificate.authorityKeyId || !issuer.subjectKeyId || certificate.authorityKeyId === issuer.subjectKeyId)

/** An authority, whose key may certify, with `below` authorities between it and the leaf. */
const mayIssue = ({ authority, keyUses }: Certificate, below: number): boolean =>
  authority !== undefined &&
  (!keyUses || keyUses.has('keyCertSign')) &&
  (authority.pathLength === undefined || below <= authority.pathLength)

/** Links found right before, by both certificates' bytes: they stay right, and checking one costs milliseconds. */
const rightLinks = new Set<string>()
const MAX_REMEMBERED = 10_000

function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const link = createHash('sha256').update(certificate.fingerprint).update(issuer.fingerprint).digest('base64')
  if (rightLinks.has(link)) return true
  if (!isSignedBy(certificate, issuer.publicKey)) return false
  if (rightLinks.size >= MAX_REMEMBERED) rightLinks.clear()
  rightLinks.add(link)
  return true
}
