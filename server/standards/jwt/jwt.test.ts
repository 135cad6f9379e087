import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newKey, publicKeyOf, signBytes } from '../cades/index.ts'
import { ALG, fromBase64url, openJwt, signText, toBase64url, verifyText, writeJwt } from './index.ts'

const key = newKey()
const open = publicKeyOf(key)
const payload = { iss: 'http://esia.gosuslugi.ru/', 'urn:esia:sbj_id': 1000299654, name: 'Ёж' }
const token = writeJwt(key, { header: { ver: 1, sbt: 'access' }, payload })

describe('a token of ЕСИА', () => {
  it('opens with the key that signed it', () => {
    expect(openJwt(open, token)).toEqual({ header: { alg: ALG, typ: 'JWT', ver: 1, sbt: 'access' }, payload })
  })

  it('has a raw signature of 64 bytes', () => {
    expect(fromBase64url(token.split('.')[2]!)).toHaveLength(64)
  })

  it('does not open with another key', () => {
    expect(openJwt(publicKeyOf(newKey()), token)).toBeUndefined()
  })

  it('does not open when its signature is turned back to front', () => {
    const [head, body, signature] = token.split('.') as [string, string, string]
    const reversed = toBase64url(fromBase64url(signature)!.toReversed())
    expect(openJwt(open, `${head}.${body}.${reversed}`)).toBeUndefined()
  })

  const signed = (header: unknown, body: unknown): string => {
    const text = [header, body].map((x) => toBase64url(typeof x === 'string' ? x : JSON.stringify(x))).join('.')
    return `${text}.${toBase64url(signBytes(key, Buffer.from(text)))}`
  }
  it.each([
    ['the algorithm «none»', signed({ alg: 'none' }, payload)],
    ['another algorithm', signed({ alg: 'HS256' }, payload)],
    ['no algorithm', signed({}, payload)],
    ['an extension that must be understood', signed({ alg: ALG, crit: ['b64'] }, payload)],
    ['a payload that is no JSON', signed({ alg: ALG }, 'привет')],
    ['a payload that is no object', signed({ alg: ALG }, [1])],
    ['a header that is null', signed('null', payload)],
    ['no signature', token.split('.').slice(0, 2).join('.')],
    ['an empty signature', `${token.split('.').slice(0, 2).join('.')}.`],
    ['four parts', `${token}.AA`],
    ['padding', `${token}==`],
    ['blanks', ` ${token}`],
    ['nothing', ''],
  ])('does not open with %s', (_what, text) => {
    expect(openJwt(open, text)).toBeUndefined()
  })

  it('does not open when any character is changed, and never throws', () => {
    const changed = fc
      .tuple(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 2 }))
      .map(([at, text]) => token.slice(0, at) + text + token.slice(at + 1))
      .filter((text) => text !== token)
    fc.assert(
      fc.property(fc.oneof(changed, fc.string()), (text) => {
        expect(openJwt(open, text)).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })
})

describe('client_secret', () => {
  it('is a raw signature of the text, and of no other text', () => {
    const secret = signText(key, '775607_DPopenid')
    expect(secret).toHaveLength(86)
    expect(verifyText(open, '775607_DPopenid', secret)).toBe(true)
    expect(verifyText(open, '775607_DPopenid ', secret)).toBe(false)
    expect(verifyText(open, '775607_DPopenid', `${secret}A`)).toBe(false)
  })

  it('needs a key of 256 bits', () => {
    expect(() => signText(newKey('1.2.643.7.1.2.1.2.1'), 'текст')).toThrow('256')
  })
})
