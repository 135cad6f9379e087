import { fullNameOf, serialText, type Certificate } from '../../standards/cades/index.ts'

/** What stamps and pages show of a certificate. */
export type CertificateDescription = { serial: string; issuer: string; validFrom: Date; validUntil: Date }

export const describeCertificate = (certificate: Certificate): CertificateDescription => ({
  serial: serialText(certificate),
  issuer: fullNameOf(certificate.issuer.fields),
  validFrom: certificate.notBefore,
  validUntil: certificate.notAfter,
})
