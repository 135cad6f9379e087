import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig, WrongSetting } from '../../config.ts'
import { issueCertificate, issueRoot, newKey, pemOf, publicKeyOf, writePkcs8 } from '../../standards/cades/index.ts'
import { verifyText, writeJwt } from '../../standards/jwt/index.ts'
import { esiaSettings } from './esia-settings.ts'
import { certificateHashOf } from './keys.ts'
import { defaultScope } from './settings.ts'
import { demoKeys } from './stand-in/demo-keys.ts'

const SECRET = 'cd'.repeat(32)
const LONG_CURVE = '1.2.643.7.1.2.1.2.1'

const folder = mkdtempSync(path.join(os.tmpdir(), 'rmis-esia-'))
const file = (name: string): string => path.join(folder, name)
const key = newKey()
const [oldTokenKey, newTokenKey] = [newKey(), newKey()]
const term = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2030-01-01T00:00:00Z') }
const root = issueRoot({ subject: { commonName: 'Удостоверяющий центр' }, ...term }, newKey())
const certificateOf = (k: typeof key) =>
  issueCertificate({ subject: { commonName: 'РМИС' }, ...term }, publicKeyOf(k), root).der

beforeAll(() => {
  const pem = (k: typeof key) => pemOf('CERTIFICATE', certificateOf(k))
  writeFileSync(file('key.pem'), pemOf('PRIVATE KEY', writePkcs8(key)))
  writeFileSync(file('own.cer'), certificateOf(key))
  writeFileSync(file('tokens.pem'), pem(oldTokenKey) + pem(newTokenKey))
  writeFileSync(file('other.cer'), certificateOf(newKey()))
  writeFileSync(file('long.key'), writePkcs8(newKey(LONG_CURVE)))
  writeFileSync(file('long.cer'), certificateOf(newKey(LONG_CURVE)))
  writeFileSync(file('nonsense'), 'nonsense, no key')
})
afterAll(() => rmSync(folder, { recursive: true }))

const settingsOf = (changes: Record<string, string> = {}) =>
  esiaSettings(
    readConfig('production', {
      RMIS_DATABASE_URL: 'postgres://localhost/rmis',
      RMIS_SECRET: '0123456789abcdef'.repeat(4),
      RMIS_BASE_URL: 'https://rmis.example/',
      RMIS_TRUST_PROXY: '1',
      RMIS_ESIA_CLIENT_ID: 'RMIS',
      RMIS_ESIA_KEY_FILE: file('key.pem'),
      RMIS_ESIA_CERTIFICATE_FILE: file('own.cer'),
      RMIS_ESIA_TOKEN_CERTIFICATE_FILE: file('tokens.pem'),
      ...changes,
    }),
    SECRET,
  )

describe('settings of a production node', () => {
  it('are made from the files', () => {
    const settings = settingsOf()
    expect(settings).toMatchObject({
      siteUrl: 'https://esia.gosuslugi.ru',
      ownUrl: 'https://rmis.example',
      clientId: 'RMIS',
      scope: defaultScope,
      issuer: 'http://esia.gosuslugi.ru/',
      timeoutMs: 10_000,
      signOutThere: false,
    })
    expect(settings.apiUrl).toBeUndefined()
    expect(verifyText(publicKeyOf(key), 'words', settings.signer.sign('words'))).toBe(true)
    expect(settings.signer.certificateHash).toBe(certificateHashOf(readFileSync(file('own.cer'))))
    expect(settings.signer.certificateHash).toMatch(/^[0-9A-F]{64}$/)
  })

  it('read tokens of each certificate in the file, and no others', () => {
    const { readToken } = settingsOf()
    const jwt = { header: { sbt: 'id' }, payload: { sub: 1 } }
    for (const known of [oldTokenKey, newTokenKey]) expect(readToken(writeJwt(known, jwt))?.payload).toEqual({ sub: 1 })
    expect(readToken(writeJwt(key, jwt))).toBeUndefined()
    expect(readToken('')).toBeUndefined()
    expect(readToken('a.b.c')).toBeUndefined()
  })

  it('may name everything that is not certain', () => {
    const hash = 'AB'.repeat(32)
    const settings = settingsOf({
      RMIS_ESIA_URL: 'https://esia-portal1.test.gosuslugi.ru/',
      RMIS_ESIA_API_URL: 'http://gost-gateway:8443',
      RMIS_ESIA_CLIENT_CERTIFICATE_HASH: hash,
      RMIS_ESIA_SCOPE: ' openid   fullname snils ',
      RMIS_ESIA_ISSUER: 'http://esia.test/',
      RMIS_ESIA_TIMEOUT_MS: '3000',
      RMIS_ESIA_SIGN_OUT: '1',
    })
    expect(settings).toMatchObject({
      siteUrl: 'https://esia-portal1.test.gosuslugi.ru',
      apiUrl: 'http://gost-gateway:8443',
      scope: 'openid fullname snils',
      issuer: 'http://esia.test/',
      timeoutMs: 3000,
      signOutThere: true,
    })
    expect(settings.signer.certificateHash).toBe(hash)
  })

  it.each<[string, Record<string, string>, string]>([
    ['no file', { RMIS_ESIA_KEY_FILE: file('absent') }, 'absent cannot be read (ENOENT)'],
    ['a folder', { RMIS_ESIA_CERTIFICATE_FILE: folder }, 'cannot be read (EISDIR)'],
    ['no key', { RMIS_ESIA_KEY_FILE: file('nonsense') }, 'nonsense is not a ГОСТ Р 34.10-2012 key'],
    ['a certificate for a key', { RMIS_ESIA_KEY_FILE: file('own.cer') }, 'own.cer is not a ГОСТ Р 34.10-2012 key'],
    ['a key for a certificate', { RMIS_ESIA_CERTIFICATE_FILE: file('key.pem') }, 'key.pem is not a certificate'],
    ['no certificate of ЕСИА', { RMIS_ESIA_TOKEN_CERTIFICATE_FILE: file('nonsense') }, 'is not a certificate'],
    ['a long key', { RMIS_ESIA_KEY_FILE: file('long.key') }, 'keys of 256 bits'],
    ['a long token key', { RMIS_ESIA_TOKEN_CERTIFICATE_FILE: file('long.cer') }, 'keys of 256 bits'],
    ['a stranger’s certificate', { RMIS_ESIA_CERTIFICATE_FILE: file('other.cer') }, 'is not that of'],
    ['a short hash', { RMIS_ESIA_CLIENT_CERTIFICATE_HASH: 'AB' }, '64 hexadecimal digits'],
    ['a scope without openid', { RMIS_ESIA_SCOPE: 'fullname' }, 'must contain openid'],
    ['a time limit of nothing', { RMIS_ESIA_TIMEOUT_MS: '0' }, 'RMIS_ESIA_TIMEOUT_MS must be a whole number'],
  ])('refuse %s in a sentence', (_what, changes, sentence) => {
    expect(() => settingsOf(changes)).toThrow(WrongSetting)
    expect(() => settingsOf(changes)).toThrow(sentence)
  })
})

describe('settings of the demo', () => {
  it('need no file, and stay the same after a restart', () => {
    const [one, two] = [0, 1].map(() => esiaSettings(readConfig('demo', {}), SECRET))
    expect(one).toMatchObject({ siteUrl: '', clientId: 'DEMO_RMIS', signOutThere: true })
    expect(one!.signer.certificateHash).toBe(two!.signer.certificateHash)
    const token = writeJwt(demoKeys(SECRET).esia, { header: {}, payload: { sub: 1 } })
    expect(two!.readToken(token)).toBeDefined()
    expect(esiaSettings(readConfig('demo', {}), 'ef'.repeat(32)).readToken(token)).toBeUndefined()
  })

  it('ask for the files when the demo is given a real ЕСИА', () => {
    expect(() => esiaSettings(readConfig('demo', { RMIS_ESIA_URL: 'https://esia.example' }), SECRET)).toThrow(
      'RMIS_ESIA_KEY_FILE is required',
    )
  })
})
