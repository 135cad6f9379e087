import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  insertKeys,
  insertRevocationList,
  insertTrusted,
  isDemoAuthorityPresent,
  type SignatureVerdict,
} from '../../modules/signatures/index.ts'
import { newId } from '../../platform/ids.ts'
import { system, useTestApp } from '../../platform/testing/test-app.ts'
import { useDatabase } from '../../platform/testing/test-database.ts'
import {
  issueCertificate,
  issueRevocationList,
  issueRoot,
  newKey,
  publicKeyOf,
  readCertificate,
  signCms,
  type Authority,
} from '../../standards/cades/index.ts'
import { issueDemoAuthority, openDemoAuthority } from './demo-authority.ts'
import { issueDemoKeys, type DemoSigner } from './demo-keys.ts'
import { sealKey } from './sealed-key.ts'
import { softwareProvider } from './software-provider.ts'
import { verifySignature } from './verify-signature.ts'

const secret = randomBytes(32).toString('hex')
const provider = softwareProvider(secret)
const content = Buffer.from('<ClinicalDocument/>')
const anna: DemoSigner = {
  snils: '11223344595',
  lastName: 'Иванова',
  firstName: 'Анна',
  middleName: 'Сергеевна',
  position: 'врач-терапевт',
  organization: 'Поликлиника № 1',
}
const kim: DemoSigner = { ...anna, snils: '16079854199', lastName: 'Ким', firstName: 'Олег', middleName: null }

const app = useTestApp({
  routes: () => [],
  fill: async (test) => {
    await issueDemoAuthority(test.db, secret, test.now)
    await issueDemoKeys(test.db, secret, test.now, [anna, kim])
  },
})
const days = (n: number): Date => new Date(app().now.getTime() + n * 86_400_000)

const sign = (snils: string, bytes: Uint8Array = content): Promise<Uint8Array> =>
  app().work(system, async (work) => {
    const certificate = await provider.certificateOf(work, snils)
    return provider.sign(work, certificate!, bytes)
  })

const verify = (
  cms: Uint8Array,
  of: { bytes?: Uint8Array; snils?: string; at?: Date } = {},
): Promise<SignatureVerdict> =>
  app().work(system, (work) =>
    verifySignature(work, cms, of.bytes ?? content, { snils: of.snils ?? anna.snils, at: of.at ?? work.now }),
  )

/** A signature by a certificate with Anna's СНИЛС (or none) of any authority and term. */
async function signedUnder(authority: Authority, from: { notAfter?: Date; nameless?: boolean; at?: Date } = {}) {
  const key = newKey()
  const certificate = issueCertificate(
    {
      subject: { commonName: 'Иванова Анна Сергеевна', ...(!from.nameless && { snils: anna.snils }) },
      notBefore: days(-1000),
      notAfter: from.notAfter ?? days(1000),
    },
    publicKeyOf(key),
    authority,
  )
  return { certificate, cms: signCms(content, { key, certificate }, from.at ?? app().now) }
}

describe('a signature made with a key of the demo', () => {
  it('holds, and says who signed, when, and with what certificate', async () => {
    const cms = await sign(anna.snils)
    expect(await verify(cms)).toEqual({
      valid: true,
      reasons: [],
      signer: {
        name: 'Иванова Анна Сергеевна',
        snils: anna.snils,
        position: 'врач-терапевт',
        organization: 'Поликлиника № 1',
      },
      certificate: {
        serial: expect.stringMatching(/^[0-9A-F]{32}$/),
        issuer: 'Демонстрационный УЦ РМИС (без юридической силы)',
        validFrom: expect.any(Date),
        validUntil: expect.any(Date),
      },
      signedAt: app().now,
    })
  })

  it('holds for a name without a patronymic', async () => {
    const verdict = await verify(await sign(kim.snils), { snils: kim.snils })
    expect(verdict).toMatchObject({ valid: true, signer: { name: 'Ким Олег' } })
  })

  it('holds for a record of two years ago and is still good years later', async () => {
    const [now, past] = [app().now, days(-730)]
    app().now = past
    const cms = await sign(anna.snils)
    app().now = now
    expect(await verify(cms, { at: past })).toMatchObject({ valid: true, signedAt: past })
  })

  it('offers no certificate to somebody who has none', async () => {
    expect(await app().work(system, (work) => provider.certificateOf(work, '00000000000'))).toBeUndefined()
  })

  it('cannot be made when the secret of the installation is another', async () => {
    const other = softwareProvider(randomBytes(32).toString('hex'))
    const signing = app().work(system, async (work) =>
      other.sign(work, (await other.certificateOf(work, anna.snils))!, content),
    )
    await expect(signing).rejects.toThrow()
  })
})

describe('a signature is refused', () => {
  const refused = async (verdict: Promise<SignatureVerdict>): Promise<string[]> => {
    const { valid, reasons } = await verdict
    expect(valid).toBe(false)
    return reasons
  }

  it('when a byte of the document has changed', async () => {
    const bytes = Uint8Array.from(content).with(3, 0x41)
    expect(await refused(verify(await sign(anna.snils), { bytes }))).toEqual(['Документ изменён после подписания.'])
  })

  it('when another person signed', async () => {
    expect(await refused(verify(await sign(kim.snils)))).toEqual(['Документ подписан другим человеком.'])
  })

  it('when its certificate has expired', async () => {
    const authority = await openDemoAuthority(app().db, secret)
    const { cms } = await signedUnder(authority, { notAfter: days(-1) })
    expect(await refused(verify(cms))).toEqual(['Срок действия сертификата истёк.'])
  })

  it('when its authority is unknown, though it calls itself by the same name', async () => {
    const authority = await openDemoAuthority(app().db, secret)
    const subject = authority.certificate.subject.fields
    const impostor = issueRoot({ subject, notBefore: days(-1000), notAfter: days(1000) }, newKey())
    const { cms } = await signedUnder(impostor)
    expect(await refused(verify(cms))).toEqual(['Сертификат выдан неизвестным удостоверяющим центром.'])
  })

  it('when its certificate says nothing of who the owner is', async () => {
    const authority = await openDemoAuthority(app().db, secret)
    const { cms } = await signedUnder(authority, { nameless: true })
    expect(await refused(verify(cms))).toEqual(['В сертификате нет СНИЛС, поэтому нельзя узнать, кто подписал.'])
  })

  it('when its time is not the time of signing', async () => {
    const authority = await openDemoAuthority(app().db, secret)
    for (const at of [days(-2), days(1)])
      expect(await refused(verify((await signedUnder(authority, { at })).cms))).toEqual([
        'Время, указанное в подписи, не совпадает со временем подписания.',
      ])
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['a text', Buffer.from('подпись')],
    ['the document itself', content],
  ])('when it is %s', async (_what, cms) => {
    expect(await verify(cms)).toEqual({
      valid: false,
      reasons: ['Файл подписи повреждён или это не подпись в формате CMS.'],
      signer: { name: '', snils: null, position: null, organization: null },
      certificate: undefined,
      signedAt: undefined,
    })
  })

  it('when its certificate is revoked, from then on and not before', async () => {
    const authority = await openDemoAuthority(app().db, secret)
    const { certificate, cms } = await signedUnder(authority)
    const early = await signedUnder(authority, { at: days(-10) })
    expect(await verify(cms)).toMatchObject({ valid: true })
    const revoked = new Map([
      [certificate.serial, days(-5)],
      [early.certificate.serial, days(-5)],
    ])
    const list = { number: 2n, thisUpdate: days(-1), nextUpdate: days(1), revoked }
    await insertRevocationList(app().db, {
      issuer: Buffer.from(authority.certificate.fingerprint, 'hex'),
      number: '2',
      thisUpdate: list.thisUpdate,
      nextUpdate: list.nextUpdate,
      crl: issueRevocationList(authority, list),
    })
    expect(await refused(verify(cms))).toEqual(['Сертификат отозван.'])
    expect(await verify(early.cms, { at: days(-10) })).toMatchObject({ valid: true })
  })

  it('when the authority has published no list of revocations', async () => {
    const authority = issueRoot(
      { subject: { commonName: 'УЦ без списков' }, notBefore: days(-1000), notAfter: days(1000) },
      newKey(),
    )
    const { der, fingerprint } = authority.certificate
    const trusted = { kind: 'anchor', subject: 'УЦ без списков', certificate: Buffer.from(der) } as const
    await insertTrusted(app().db, { ...trusted, fingerprint: Buffer.from(fingerprint, 'hex') }, app().now)
    const { cms } = await signedUnder(authority)
    expect(await refused(verify(cms))).toEqual([
      'Нельзя узнать, не отозван ли сертификат: нет действующего списка отозванных.',
    ])
  })
})

describe('the keys of the demo', () => {
  const empty = useDatabase()
  const count = async () =>
    (await app().db.selectFrom('signatures.software_key').select('id').where('snils', 'like', '9%').execute()).length

  it('are issued to 150 people in seconds, and once', async () => {
    const people = Array.from({ length: 150 }, (_, i) => ({ ...anna, snils: String(90_000_000_000 + i) }))
    const started = performance.now()
    await issueDemoKeys(app().db, secret, app().now, [...people, people[0]!])
    // Half a second alone on a core; the bound is for a machine that is busy with other tests.
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(await count()).toBe(150)
    await issueDemoKeys(app().db, secret, app().now, people)
    expect(await count()).toBe(150)
  })

  it('come from one authority, however many nodes ask for it at once', async () => {
    const { db } = empty()
    expect(await isDemoAuthorityPresent(db)).toBe(false)
    await expect(issueDemoKeys(db, secret, app().now, [anna])).rejects.toThrow('no demo authority')
    await Promise.all(Array.from({ length: 8 }, () => issueDemoAuthority(db, secret, app().now)))
    expect(await db.selectFrom('signatures.trusted_certificate').select('subject').execute()).toHaveLength(1)
    expect(await db.selectFrom('signatures.revocation_list').select('number').execute()).toHaveLength(1)
    expect(await isDemoAuthorityPresent(db)).toBe(true)
  })

  it('do not open in another row', async () => {
    const { certificate } = await app().work(system, async (work) => (await provider.certificateOf(work, anna.snils))!)
    const key = newKey()
    const [id, other] = [newId(), newId()]
    const moved = {
      id,
      snils: '77777777777',
      owner: 'Перенесённый ключ',
      certificate,
      encryptedKey: sealKey(secret, { table: 'software_key', id: other }, key),
      notAfter: days(1000),
    }
    await insertKeys(app().db, [moved], app().now)
    await expect(sign('77777777777')).rejects.toThrow()
    expect(readCertificate(certificate).subject.fields.snils).toBe(anna.snils)
  })
})
