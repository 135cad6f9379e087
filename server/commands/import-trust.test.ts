import { describe, expect, it } from 'vitest'
import { WrongSetting } from '../config.ts'
import { useTestApp } from '../platform/testing/test-app.ts'
import { issueCertificate, issueRoot, newKey, pemOf, publicKeyOf } from '../standards/cades/index.ts'
import { trustFiles } from './import-trust.ts'

describe('rmis import trust', () => {
  const app = useTestApp({ routes: () => [] })
  const at = (years: number): Date => new Date(app().now.getTime() + years * 365 * 86_400_000)
  const root = (name: string, notAfter: Date) =>
    issueRoot({ subject: { commonName: name, country: 'RU' }, notBefore: at(-2), notAfter }, newKey())
  const trust = (...bytes: Uint8Array[]) =>
    trustFiles(
      app().platform,
      bytes.map((one, i) => ({ file: `${i + 1}.cer`, bytes: one })),
    )
  const trusted = async () =>
    (await app().db.selectFrom('signatures.trusted_certificate').select('subject').execute()).map((row) => row.subject)

  it('trusts authorities of a PEM file with several and of a DER file, once', async () => {
    const [first, second, third] = ['УЦ 1', 'УЦ 2', 'УЦ 3'].map((name) => root(name, at(5)).certificate.der)
    const pem = Buffer.from(pemOf('CERTIFICATE', first!) + pemOf('CERTIFICATE', second!))
    const done = await trust(pem, third!)
    expect(done.map(({ name, kind, isNew }) => [name, kind, isNew])).toEqual([
      ['УЦ 1', 'anchor', true],
      ['УЦ 2', 'anchor', true],
      ['УЦ 3', 'anchor', true],
    ])
    expect((await trust(third!))[0]).toMatchObject({ name: 'УЦ 3', isNew: false })
    expect((await trusted()).toSorted()).toEqual(['УЦ 1', 'УЦ 2', 'УЦ 3'])
  })

  it('refuses a person’s certificate, an expired authority and rubbish, names the file, and takes none of the others', async () => {
    const before = await trusted()
    const good = root('УЦ 4', at(5))
    const statement = { subject: { commonName: 'Иванова Анна' }, notBefore: at(-1), notAfter: at(1) }
    const person = issueCertificate(statement, publicKeyOf(newKey()), good)
    await expect(trust(good.certificate.der, person.der)).rejects.toThrow(
      '2.cer: «Иванова Анна» не удостоверяющий центр',
    )
    await expect(trust(root('УЦ 5', at(-1)).certificate.der)).rejects.toThrow('срок сертификата истёк')
    for (const rubbish of ['', 'hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])
      await expect(trust(good.certificate.der, Buffer.from(rubbish))).rejects.toThrow(WrongSetting)
    expect(await trusted()).toEqual(before)
  })
})
