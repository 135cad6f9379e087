import { readFileSync } from 'node:fs'
import { WrongSetting, type Config } from '../../config.ts'
import {
  publicKeyOf,
  readCertificate,
  readPkcs8,
  type PrivateKey,
  type PublicKey,
} from '../../standards/cades/index.ts'
import { signText, verifyText } from '../../standards/jwt/index.ts'
import { certificateHashOf, signerOf, tokenReaderOf } from './keys.ts'
import { defaultScope, issuerOf, type EsiaSettings, type Signer } from './settings.ts'
import { demoKeys } from './stand-in/demo-keys.ts'
import { STAND_IN_ISSUER, usesStandIn } from './stand-in/stand-in-settings.ts'

type EsiaConfig = Config['esia']

/**
 * The relying party's settings: keys of the demo, made from the installation's secret, when people sign in through the
 * stand-in; otherwise the files that the settings name. Throws WrongSetting with a sentence about the one that is wrong.
 */
export function esiaSettings(config: Pick<Config, 'mode' | 'esia' | 'baseUrl'>, secret: string): EsiaSettings {
  const { esia, baseUrl } = config
  const common = {
    clientId: esia.clientId,
    scope: scopeOf(esia),
    timeoutMs: esia.timeoutMs,
    signOutThere: esia.signOutThere,
  }
  if (usesStandIn(config)) {
    const keys = demoKeys(secret)
    return {
      ...common,
      siteUrl: '',
      issuer: STAND_IN_ISSUER,
      signer: signerOf(keys.client, keys.certificateHash),
      readToken: tokenReaderOf([publicKeyOf(keys.esia)]),
    }
  }
  return {
    ...common,
    siteUrl: esia.url,
    ...(esia.apiUrl && { apiUrl: esia.apiUrl }),
    ownUrl: baseUrl,
    issuer: esia.issuer || issuerOf(esia.url),
    signer: signerFrom(esia),
    readToken: tokenReaderOf(tokenKeysFrom(esia)),
  }
}

/** The scopes to ask for; without these two nobody could be signed in. */
function scopeOf(esia: EsiaConfig): string {
  const scope = esia.scope?.trim().replaceAll(/\s+/g, ' ') || defaultScope
  for (const needed of ['openid', 'fullname'])
    if (!scope.split(' ').includes(needed)) throw new WrongSetting(`RMIS_ESIA_SCOPE must contain ${needed}`)
  return scope
}

function signerFrom(esia: EsiaConfig): Signer {
  const key = read('RMIS_ESIA_KEY_FILE', esia.keyFile, 'a ГОСТ Р 34.10-2012 key in PKCS#8, not encrypted', readPkcs8)
  const certificate = read('RMIS_ESIA_CERTIFICATE_FILE', esia.certificateFile, A_CERTIFICATE, (bytes) => ({
    key: readCertificate(bytes).publicKey,
    hash: certificateHashOf(bytes),
  }))
  requireShort('RMIS_ESIA_KEY_FILE', key)
  requireShort('RMIS_ESIA_CERTIFICATE_FILE', certificate.key)
  if (!areAPair(key, certificate.key))
    throw new WrongSetting('the key of RMIS_ESIA_KEY_FILE is not that of RMIS_ESIA_CERTIFICATE_FILE')
  const given = esia.clientCertificateHash
  if (given && !/^[0-9a-f]{64}$/i.test(given))
    throw new WrongSetting('RMIS_ESIA_CLIENT_CERTIFICATE_HASH must be 64 hexadecimal digits')
  return signerOf(key, given || certificate.hash)
}

const A_CERTIFICATE = 'a certificate (DER or PEM) with a ГОСТ Р 34.10-2012 key'

/** The keys ЕСИА signs tokens with; a PEM file may hold several certificates, for the time of a change. */
function tokenKeysFrom(esia: EsiaConfig): PublicKey[] {
  const name = 'RMIS_ESIA_TOKEN_CERTIFICATE_FILE'
  const keys = read(name, esia.tokenCertificateFile, A_CERTIFICATE, (bytes) => {
    const blocks = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
    return (blocks ?? [bytes]).map((block) => readCertificate(block).publicKey)
  })
  for (const key of keys) requireShort(name, key)
  return keys
}

/** Reads a file of the settings. Throws WrongSetting naming the setting, never the content. */
function read<T>(setting: string, file: string | undefined, what: string, parse: (bytes: Buffer) => T): T {
  if (!file) throw new WrongSetting(`${setting} is required: ${what}`)
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new WrongSetting(`${setting}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    return parse(bytes)
  } catch (error) {
    throw new WrongSetting(`${setting}: ${file} is not ${what} (${(error as Error).message})`)
  }
}

function requireShort(setting: string, key: PrivateKey | PublicKey): void {
  if (key.curve.size !== 32) throw new WrongSetting(`${setting}: ЕСИА signs with keys of 256 bits, this one has 512`)
}

const areAPair = (key: PrivateKey, certified: PublicKey): boolean =>
  key.curve.oid === certified.curve.oid && verifyText(certified, 'a pair', signText(key, 'a pair'))
