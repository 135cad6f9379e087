import { createHash, randomBytes } from 'node:crypto'
import { signatureAlgorithmOf, writeAlgorithm } from './algorithms.ts'
import { readCertificate, type Certificate } from './certificate.ts'
import { bits, boolean, der, explicit, flags, integer, octets, oid, sequence, time, utf8 } from './der-write.ts'
import { taggedValue } from './der.ts'
import { KEY_USE, writeExtension } from './extensions.ts'
import { publicKeyOf, type PrivateKey, type PublicKey } from './gost3410.ts'
import { bitsOf, keyBits, writeKeyInfo } from './keys.ts'
import { writeName, type NameFields } from './names.ts'
import { EXTENSION } from './oids.ts'
import { signBytes } from './signatures.ts'

/** A certificate and the key it certifies: what certificates and lists are issued with. */
export type Authority = { key: PrivateKey; certificate: Certificate }

type Statement = {
  subject: NameFields
  notBefore: Date
  notAfter: Date
  /** Random unless told. */
  serial?: bigint
  /** The means of signing named in the certificate (order of the ФСБ № 795, subjectSignTool). */
  signTool?: string
}

/** A root authority certified by itself. */
export function issueRoot(statement: Statement, key: PrivateKey): Authority {
  const subject = writeName(statement.subject).raw
  const publicKey = publicKeyOf(key)
  const extensions = [...authorityExtensions(), keyIdExtension(publicKey), ...signToolExtension(statement)]
  const tbs = statementBytes(statement, { issuer: subject, subject, publicKey, key, extensions })
  return { key, certificate: readCertificate(signedBy(key, tbs)) }
}

/** An authority below another one. */
export function issueAuthority(statement: Statement, key: PrivateKey, issuer: Authority, pathLength = 0): Authority {
  const certificate = issue(statement, publicKeyOf(key), issuer, authorityExtensions(pathLength))
  return { key, certificate }
}

/** A person's certificate for signing documents. */
export const issueCertificate = (statement: Statement, publicKey: PublicKey, issuer: Authority): Certificate =>
  issue(statement, publicKey, issuer, personExtensions())

function issue(statement: Statement, publicKey: PublicKey, issuer: Authority, kind: Uint8Array[]): Certificate {
  const { subjectKeyId } = issuer.certificate
  const issuerKeyId = subjectKeyId
    ? [writeExtension(EXTENSION.authorityKeyId, sequence(der(taggedValue(0), Buffer.from(subjectKeyId, 'hex'))))]
    : []
  const tbs = statementBytes(statement, {
    issuer: issuer.certificate.subject.raw,
    subject: writeName(statement.subject).raw,
    publicKey,
    key: issuer.key,
    extensions: [...kind, keyIdExtension(publicKey), ...issuerKeyId, ...signToolExtension(statement)],
  })
  return readCertificate(signedBy(issuer.key, tbs))
}

type Parts = {
  issuer: Uint8Array
  subject: Uint8Array
  publicKey: PublicKey
  key: PrivateKey
  extensions: Uint8Array[]
}

function statementBytes(statement: Statement, { issuer, subject, publicKey, key, extensions }: Parts): Uint8Array {
  return sequence(
    explicit(0, integer(2)),
    integer(statement.serial ?? randomSerial()),
    writeAlgorithm(signatureAlgorithmOf(bitsOf(key))),
    issuer,
    sequence(time(statement.notBefore), time(statement.notAfter)),
    subject,
    writeKeyInfo(publicKey),
    explicit(3, sequence(...extensions)),
  )
}

/** The bytes with their signature, as certificates and revocation lists are wrapped. */
export const signedBy = (key: PrivateKey, tbs: Uint8Array): Uint8Array =>
  sequence(tbs, writeAlgorithm(signatureAlgorithmOf(bitsOf(key))), bits(signBytes(key, tbs)))

/** 16 bytes of which the first keeps the number positive and of full length. */
const randomSerial = (): bigint => BigInt(`0x40${randomBytes(15).toString('hex')}`)

const authorityExtensions = (pathLength?: number): Uint8Array[] => {
  const constraints = sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)]))
  const uses = flags(KEY_USE.digitalSignature, KEY_USE.keyCertSign, KEY_USE.cRLSign)
  return [writeExtension(EXTENSION.basicConstraints, constraints, true), writeExtension(EXTENSION.keyUsage, uses, true)]
}

/** Policies КС1 and КС2 (order of the ФСБ № 795), identification in person (0). */
const personExtensions = (): Uint8Array[] => [
  writeExtension(EXTENSION.basicConstraints, sequence(), true),
  writeExtension(EXTENSION.keyUsage, flags(KEY_USE.digitalSignature, KEY_USE.nonRepudiation), true),
  writeExtension(
    EXTENSION.certificatePolicies,
    sequence(sequence(oid('1.2.643.100.113.1')), sequence(oid('1.2.643.100.113.2'))),
  ),
  writeExtension(EXTENSION.identificationKind, integer(0)),
]

/** SHA-1 is what RFC 5280 §4.2.1.2 makes key identifiers of; nothing rests on its strength. */
const keyIdExtension = (key: PublicKey): Uint8Array =>
  writeExtension(EXTENSION.subjectKeyId, octets(createHash('sha1').update(keyBits(key)).digest()))

const signToolExtension = ({ signTool }: Statement): Uint8Array[] =>
  signTool === undefined ? [] : [writeExtension(EXTENSION.subjectSignTool, utf8(signTool))]
