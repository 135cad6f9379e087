import type { SignatureVerdict, VerifySignature } from '../../modules/signatures/index.ts'
import { FLAWS, fullNameOf, verifyCms, type CmsReport, type SignerReport } from '../../standards/cades/index.ts'
import { describeCertificate } from './describe-certificate.ts'
import { loadTrust } from './load-trust.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/**
 * Verifies a person's signature against what this installation trusts: one signature in the file, without flaws, by the
 * person expected, made about when it is said to have been.
 */
export const verifySignature: VerifySignature = async (work, cms, bytes, expected) => {
  const report = verifyCms(cms, bytes, await loadTrust(work, expected.at), expected.at)
  const [signer] = report.signers
  const reasons = [...reasonsOfFile(report), ...(signer ? reasonsOfSigner(signer, expected) : [])]
  return { valid: report.valid && reasons.length === 0, reasons, ...describe(signer) }
}

const reasonsOfFile = ({ flaws, signers }: CmsReport): string[] => [
  ...flaws.map((flaw) => FLAWS[flaw]),
  ...(signers.length > 1 ? ['В файле несколько подписей, а должна быть одна.'] : []),
]

function reasonsOfSigner(signer: SignerReport, expected: { snils: string; at: Date }): string[] {
  const reasons: string[] = signer.flaws.map((flaw) => FLAWS[flaw])
  const snils = signer.certificate?.subject.fields.snils
  if (signer.certificate && snils === undefined)
    reasons.push('В сертификате нет СНИЛС, поэтому нельзя узнать, кто подписал.')
  else if (signer.certificate && snils !== expected.snils) reasons.push('Документ подписан другим человеком.')
  if (signer.signingTime && !isNear(signer.signingTime, expected.at))
    reasons.push('Время, указанное в подписи, не совпадает со временем подписания.')
  return reasons
}

/** A signature may be brought a day after it was made, and clocks may differ by five minutes. */
const isNear = (claimed: Date, at: Date): boolean =>
  claimed.getTime() <= at.getTime() + 5 * MINUTE && claimed.getTime() >= at.getTime() - DAY

function describe(signer: SignerReport | undefined): Pick<SignatureVerdict, 'signer' | 'certificate' | 'signedAt'> {
  const fields = signer?.certificate?.subject.fields ?? {}
  return {
    signer: {
      name: fullNameOf(fields),
      snils: fields.snils ?? null,
      position: fields.position ?? null,
      organization: fields.organization ?? null,
    },
    certificate: signer?.certificate && describeCertificate(signer.certificate),
    signedAt: signer?.signingTime,
  }
}
