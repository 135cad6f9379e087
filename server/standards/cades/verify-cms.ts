import { hashAlgorithmOf, keyAlgorithmOf, signatureAlgorithmOf } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { findChain } from './chain.ts'
import { sameBytes } from './der-values.ts'
import type { Flaw } from './flaws.ts'
import { bitsOf } from './keys.ts'
import { Malformed } from './malformed.ts'
import { ALGORITHM } from './oids.ts'
import { revocationStatus, type RevocationList } from './revocation-list.ts'
import { verifyBytes } from './signatures.ts'
import { namesCertificate, readAttributes } from './signed-attributes.ts'
import { readSignedData, type SignedData, type SignerInfo } from './signed-data.ts'
import { streebog } from './streebog.ts'

/** Whom we believe: roots by their exact bytes, authorities a chain may pass, lists of revoked certificates. */
export type Trust = {
  anchors: readonly Certificate[]
  intermediates: readonly Certificate[]
  revocationLists: readonly RevocationList[]
}

/** One signature of a file. It holds when it has no flaws. */
export type SignerReport = {
  flaws: Flaw[]
  certificate: Certificate | undefined
  /** The time the signer claims; nobody has witnessed it. */
  signingTime: Date | undefined
}

/** All signatures of a file. `flaws` are of the file itself. It holds when `valid`: at least one signature, all good. */
export type CmsReport = { valid: boolean; flaws: Flaw[]; signers: SignerReport[] }

/**
 * Verifies a CAdES-BES signature of a content as of a moment: integrity, the certificate's chain to our anchors,
 * validity and revocation of each certificate in it. What cannot be established is a flaw. Never throws because of the
 * file; a flaw that ends the check hides those after it.
 */
export function verifyCms(cms: Uint8Array | string, content: Uint8Array, trust: Trust, at: Date): CmsReport {
  let data: SignedData
  try {
    data = readSignedData(cms)
  } catch (error) {
    return { valid: false, flaws: [flawOf(error)], signers: [] }
  }
  if (data.signers.length === 0) return { valid: false, flaws: ['no-signers'], signers: [] }
  if (data.content && !sameBytes(data.content, content)) return { valid: false, flaws: ['other-content'], signers: [] }
  const whole: Trust = {
    anchors: trust.anchors,
    intermediates: [...data.certificates, ...trust.intermediates],
    revocationLists: [...trust.revocationLists, ...data.revocationLists],
  }
  const signers = data.signers.map((signer) => verifySigner(signer, data.contentType, content, whole, at))
  return { valid: signers.every((signer) => signer.flaws.length === 0), flaws: [], signers }
}

/** Only bytes that are not as they must be are the file's fault; anything else is a bug and flies on. */
function flawOf(error: unknown): Flaw {
  if (error instanceof Malformed) return 'malformed'
  throw error
}

function verifySigner(
  signer: SignerInfo,
  contentType: string,
  content: Uint8Array,
  trust: Trust,
  at: Date,
): SignerReport {
  const report: SignerReport = { flaws: [], certificate: undefined, signingTime: undefined }
  try {
    if (!isGost(signer)) return { ...report, flaws: ['not-gost'] }
    const certificate = [...trust.intermediates, ...trust.anchors].find(signer.isSigner)
    if (!certificate) return { ...report, flaws: ['no-certificate'] }
    report.certificate = certificate
    report.flaws.push(...flawsOfSignature(signer, contentType, content, report))
    report.flaws.push(...flawsOfCertificate(certificate, trust, at))
    // Said only of a certificate in force; of another, «expired» already says it.
    if (isWithin(certificate, at) && !isWithin(certificate, report.signingTime ?? at))
      report.flaws.push('signed-outside-validity')
  } catch (error) {
    report.flaws.push(flawOf(error))
  }
  return report
}

const isGost = ({ digestAlgorithm }: SignerInfo): boolean =>
  digestAlgorithm === ALGORITHM.hash256 || digestAlgorithm === ALGORITHM.hash512

function flawsOfSignature(signer: SignerInfo, contentType: string, content: Uint8Array, report: SignerReport): Flaw[] {
  const certificate = report.certificate!
  const bits = bitsOf(certificate.publicKey)
  const algorithms = [keyAlgorithmOf(bits), signatureAlgorithmOf(bits)]
  if (signer.digestAlgorithm !== hashAlgorithmOf(bits) || !algorithms.includes(signer.signatureAlgorithm))
    return ['wrong-signature']
  if (!signer.attributes) return ['not-cades-bes']
  const attributes = readAttributes(signer.attributes)
  report.signingTime = attributes.signingTime
  const flaws: Flaw[] = []
  if (attributes.contentType !== contentType) flaws.push('malformed')
  if (!attributes.digest || !sameBytes(attributes.digest, streebog(bits, content))) flaws.push('content-changed')
  if (!verifyBytes(certificate.publicKey, attributes.signed, signer.signature)) flaws.push('wrong-signature')
  if (!attributes.signingCertificate) flaws.push('not-cades-bes')
  else if (!namesCertificate(attributes.signingCertificate, certificate)) flaws.push('other-certificate')
  return flaws
}

const isWithin = ({ notBefore, notAfter }: Certificate, moment: Date): boolean =>
  notBefore <= moment && moment <= notAfter

function flawsOfCertificate(certificate: Certificate, trust: Trust, at: Date): Flaw[] {
  const flaws: Flaw[] = []
  const uses = certificate.keyUses
  if (uses && !uses.has('digitalSignature') && !uses.has('nonRepudiation')) flaws.push('not-for-signing')
  const chain = findChain(certificate, trust.intermediates, trust.anchors, at)
  if ('flaw' in chain) return [...flaws, chain.flaw]
  chain.path.forEach((one, i) => {
    // The anchor is the last: whether it is still trusted is for its owner to say, not for a list.
    const issuer = chain.path[i + 1]
    if (!issuer) return
    const status = revocationStatus(one, issuer, trust.revocationLists, at)
    if (status === 'revoked') flaws.push(i === 0 ? 'revoked' : 'authority-revoked')
    if (status === 'unknown') flaws.push(i === 0 ? 'revocation-unknown' : 'authority-revocation-unknown')
  })
  return flaws
}
