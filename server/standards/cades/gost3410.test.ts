import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveOf, curveOfNumbers } from './curves.ts'
import {
  generateKey,
  privateKeyOf,
  publicKeyOf,
  readPublicKey,
  signDigest,
  verifyDigest,
  writePublicKey,
} from './gost3410.ts'
import { Malformed } from './malformed.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
const number = (hex: string): bigint => BigInt(`0x${bytes(hex).toString('hex')}`)

const parameterSets = [
  '1.2.643.7.1.2.1.1.1',
  '1.2.643.7.1.2.1.1.2',
  '1.2.643.7.1.2.1.1.3',
  '1.2.643.7.1.2.1.1.4',
  '1.2.643.7.1.2.1.2.1',
  '1.2.643.7.1.2.1.2.2',
  '1.2.643.7.1.2.1.2.3',
]

describe('signatures of ГОСТ Р 34.10-2012', () => {
  it('repeat the example of RFC 7091 §7.1 (256 bits)', () => {
    const curve = curveOfNumbers(
      {
        p: number('8000000000000000000000000000000000000000000000000000000000000431'),
        a: 7n,
        b: number('5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E'),
        n: number('8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3'),
        h: 1n,
        Gx: 2n,
        Gy: number('08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8'),
      },
      32,
    )
    const key = privateKeyOf(curve, number('7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28'))
    const open = publicKeyOf(key)
    expect(open.point.toAffine()).toEqual({
      x: number('7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B'),
      y: number('26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA'),
    })
    const digest = bytes('2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5').reverse()
    const nonce = number('77105C9B20BCD3122823C8CF6FCC7B956DE33814E95B7FE64FED924594DCEAB3')
    const signature = signDigest(key, digest, nonce)
    expect(Buffer.from(signature)).toEqual(
      bytes(`01456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40
        41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493`),
    )
    expect(verifyDigest(open, digest, signature)).toBe(true)
  })

  it('repeat the example of RFC 7091 §7.2 (512 bits)', () => {
    const curve = curveOfNumbers(
      {
        p: number(`4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15D
          F1D852741AF4704A0458047E80E4546D35B8336FAC224DD81664BBF528BE6373`),
        a: 7n,
        b: number(`1CFF0806A31116DA29D8CFA54E57EB748BC5F377E49400FDD788B649ECA1AC43
          61834013B2AD7322480A89CA58E0CF74BC9E540C2ADD6897FAD0A3084F302ADC`),
        n: number(`4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15D
          A82F2D7ECB1DBAC719905C5EECC423F1D86E25EDBE23C595D644AAF187E6E6DF`),
        h: 1n,
        Gx: number(`24D19CC64572EE30F396BF6EBBFD7A6C5213B3B3D7057CC825F91093A68CD762
          FD60611262CD838DC6B60AA7EEE804E28BC849977FAC33B4B530F1B120248A9A`),
        Gy: number(`2BB312A43BD2CE6E0D020613C857ACDDCFBF061E91E5F2C3F32447C259F39B2C
          83AB156D77F1496BF7EB3351E1EE4E43DC1A18B91B24640B6DBB92CB1ADD371E`),
      },
      64,
    )
    const key = privateKeyOf(
      curve,
      number(`0BA6048AADAE241BA40936D47756D7C93091A0E8514669700EE7508E508B1020
        72E8123B2200A0563322DAD2827E2714A2636B7BFD18AADFC62967821FA18DD4`),
    )
    const digest = bytes(`3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C591
      7184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C`).reverse()
    const nonce = number(`0359E7F4B1410FEACC570456C6801496946312120B39D019D455986E364F3658
      86748ED7A44B3E794434006011842286212273A6D14CF70EA3AF71BB1AE679F1`)
    const signature = signDigest(key, digest, nonce)
    expect(Buffer.from(signature)).toEqual(
      bytes(`1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5
        823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A
        2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD3
        5492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36`),
    )
    expect(verifyDigest(publicKeyOf(key), digest, signature)).toBe(true)
  })

  it.each(parameterSets)('hold on parameter set %s, and break with one changed bit', (oid) => {
    const curve = curveOf(oid)
    curve.Point.BASE.assertValidity()
    const key = generateKey(curve)
    const open = readPublicKey(curve, writePublicKey(publicKeyOf(key)))
    const digest = randomBytes(curve.size)
    const signature = signDigest(key, digest)
    expect(verifyDigest(open, digest, signature)).toBe(true)
    const changed = (of: Uint8Array) => of.map((byte, i) => (i === 5 ? byte ^ 4 : byte))
    expect(verifyDigest(open, changed(digest), signature)).toBe(false)
    expect(verifyDigest(open, digest, changed(signature))).toBe(false)
    expect(verifyDigest(publicKeyOf(generateKey(curve)), digest, signature)).toBe(false)
  })

  it('are refused when r or s is out of range or of another length', () => {
    const curve = curveOf('1.2.643.7.1.2.1.1.2')
    const key = generateKey(curve)
    const digest = randomBytes(32)
    const signature = signDigest(key, digest)
    const order = Buffer.from(curve.Point.Fn.ORDER.toString(16), 'hex')
    for (const wrong of [
      new Uint8Array(64),
      new Uint8Array(64).fill(0xff),
      Buffer.concat([order, signature.subarray(32)]),
      Buffer.concat([signature.subarray(0, 32), order]),
      signature.subarray(1),
      new Uint8Array(),
    ])
      expect(verifyDigest(publicKeyOf(key), digest, wrong)).toBe(false)
  })

  it('never hold for random bytes', () => {
    const curve = curveOf('1.2.643.7.1.2.1.1.2')
    const open = publicKeyOf(generateKey(curve))
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (signature) => {
        expect(verifyDigest(open, new Uint8Array(32).fill(7), signature)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a public key', () => {
  it('must be a point of its curve', () => {
    const curve = curveOf('1.2.643.7.1.2.1.1.2')
    const good = writePublicKey(publicKeyOf(generateKey(curve)))
    expect(() => readPublicKey(curve, good.subarray(1))).toThrow(Malformed)
    expect(() => readPublicKey(curve, new Uint8Array(64))).toThrow(Malformed)
    expect(() => readPublicKey(curve, new Uint8Array(64).fill(0xff))).toThrow(Malformed)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (random) => {
        expect(() => readPublicKey(curve, random)).toThrow(Malformed)
      }),
    )
  })

  it('must lie in the subgroup where the curve has a cofactor', () => {
    const curve = curveOf('1.2.643.7.1.2.1.1.1')
    const { Point } = curve
    const outside = Array.from({ length: 40 }, (_, x) => x).flatMap((x) => {
      const { a, b } = Point.CURVE()
      const square = Point.Fp.create(BigInt(x) ** 3n + a * BigInt(x) + b)
      try {
        const point = Point.fromAffine({ x: BigInt(x), y: Point.Fp.sqrt(square) })
        return point.isTorsionFree() ? [] : [point]
      } catch {
        return []
      }
    })
    expect(outside.length).toBeGreaterThan(0)
    for (const point of outside) expect(() => readPublicKey(curve, writePublicKey({ curve, point }))).toThrow(Malformed)
  })
})
