import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCertificate } from './certificate.ts'
import type { Flaw } from './flaws.ts'
import { readPkcs8 } from './keys.ts'
import { readRevocationList } from './revocation-list.ts'
import { signCms } from './sign-cms.ts'
import { verifyCms, type Trust } from './verify-cms.ts'

// Signatures made by OpenSSL's ГОСТ engine, and its verdict on each of them.

const folder = path.resolve('../shared/data/gost')
const present = existsSync(folder)
const file = (name: string): Buffer => readFileSync(path.join(folder, name))
const certificate = (name: string) => readCertificate(file(`certs/${name}`))

/** Where OpenSSL says «certificate verify error», what exactly we say. */
const refusals: Record<string, Flaw> = {
  'expired256.cades.p7s': 'expired',
  'forged-with-issuer.p7s': 'issuer-is-no-authority',
  'forged.cades.p7s': 'unknown-issuer',
  'future256.cades.p7s': 'not-yet-valid',
  'revoked256.cades.p7s': 'revoked',
  'revoked512.cades.p7s': 'revoked',
  'rsa.p7s': 'not-gost',
  'wrongchain.cades.p7s': 'unknown-issuer',
}
/** OpenSSL was not asked for CAdES-BES; these are plain CMS and lack nothing else. */
const plain = ['doc256-A.noattr.p7s', 'doc256-A.pkcs7.p7s', 'doc256-A.plain-attrs.p7s']

const expectations = present ? file('peer-expectations.txt').toString().trim().split('\n') : []
const cases = expectations.map((line): [string, boolean] => [line.split(' ')[0]!, line.includes('rc=0')])

function setting() {
  const list = readRevocationList(file('crl/sub.crl'))
  const trust: Trust = {
    anchors: [certificate('root.cer')],
    intermediates: [certificate('sub.cer')],
    revocationLists: [list, readRevocationList(file('crl/root.crl'))],
  }
  return { trust, at: new Date(list.thisUpdate.getTime() + 3_600_000), list }
}

const contentOf = (name: string): Buffer =>
  file(`content/${name.includes('empty') ? 'empty.bin' : name.includes('1mib') ? '1mib.bin' : 'semd.xml'}`)

describe.skipIf(!present)('signatures of OpenSSL (skipped without ../shared/data/gost)', () => {
  it.each(cases)('%s gets the expected verdict', (name, good) => {
    const { trust, at } = setting()
    // The one without certificates inside is verified with its certificate given beside it.
    const beside = name.includes('nocerts') ? [certificate('doc256-A.cer')] : []
    const known = { ...trust, intermediates: [...trust.intermediates, ...beside] }
    const report = verifyCms(file(`cms/${name}`), contentOf(name), known, at)
    const flaws = [...report.flaws, ...report.signers.flatMap((signer) => signer.flaws)]
    expect(flaws).toEqual(plain.includes(name) ? ['not-cades-bes'] : good ? [] : [refusals[name]])
  })

  it('a changed document is refused', () => {
    const { trust, at } = setting()
    const report = verifyCms(file('cms/doc256-A.cades.pem'), file('content/semd-tampered.xml'), trust, at)
    expect(report.signers[0]?.flaws).toEqual(['content-changed'])
  })

  it('another document than the one inside the file is refused', () => {
    const { trust, at } = setting()
    const report = verifyCms(file('cms/doc256-A.attached.p7s'), file('content/semd-tampered.xml'), trust, at)
    expect(report.flaws).toEqual(['other-content'])
  })

  it('a stale list of revocations is as good as none', () => {
    const { trust, at } = setting()
    const [, rootList] = trust.revocationLists
    const stale = { ...trust, revocationLists: [readRevocationList(file('crl/sub-stale.crl')), rootList!] }
    const report = verifyCms(file('cms/doc256-A.cades.p7s'), contentOf(''), stale, at)
    expect(report.signers[0]?.flaws).toEqual(['revocation-unknown'])
  })

  it('a certificate revoked later was good before', () => {
    const { trust, list } = setting()
    const before = new Date(Math.min(...[...list.revoked.values()].map(Number)) - 86_400_000)
    const report = verifyCms(file('cms/revoked256.cades.p7s'), contentOf(''), trust, before)
    expect(report.signers[0]?.flaws).toEqual([])
  })

  it('the two signers of a file are both told', () => {
    const { trust, at } = setting()
    const { signers } = verifyCms(file('cms/two-signers.p7s'), contentOf(''), trust, at)
    expect(new Set(signers.map((signer) => signer.certificate?.serial)).size).toBe(2)
  })

  const keys = ['A', 'B', 'C', 'XA', 'XB', 'TCA', 'TCB', 'TCC', 'TCD'].map((set) => `doc256-${set}`)
  it.each([...keys, 'doc512-A', 'doc512-B', 'doc512-C'])('a key of OpenSSL signs here, too (%s)', (name) => {
    const { trust, at } = setting()
    const signer = { key: readPkcs8(file(`keys/${name}.key`)), certificate: certificate(`${name}.pem`) }
    const signature = signCms(contentOf(''), signer, at)
    expect(verifyCms(signature, contentOf(''), trust, at).valid).toBe(true)
  })
})
