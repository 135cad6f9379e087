import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authorizationAddress, esiaTimestamp, parseEsiaTimestamp, secretMessage, tokenForm } from './request.ts'

const parts = {
  clientId: '775607_DP',
  scope: 'openid fullname',
  timestamp: '2025.12.29 17:47:23 +0000',
  state: '0f9439ef-3581-4de5-9b8c-d20135960331',
  redirectUri: 'https://mis.example/esia/callback',
}
const signer = { sign: (message: string) => `signed ${message}`, certificateHash: 'AB' }

describe('requests to ЕСИА', () => {
  it('write the time as ЕСИА reads it, and read it back', () => {
    expect(esiaTimestamp(new Date('2025-12-29T17:47:23.999Z'))).toBe('2025.12.29 17:47:23 +0000')
    expect(parseEsiaTimestamp('2024.03.09 08:20:00 +0300')).toEqual(new Date('2024-03-09T05:20:00Z'))
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }), (at) => {
        const seconds = Math.floor(at.getTime() / 1000) * 1000
        expect(parseEsiaTimestamp(esiaTimestamp(at))?.getTime()).toBe(seconds)
      }),
    )
  })

  it.each(['', '2024.03.09', '2024.13.09 08:20:00 +0300', '2024-03-09T08:20:00Z', '2024.03.09 08:20:00', 'вчера'])(
    'do not take %j for a time',
    (text) => {
      expect(parseEsiaTimestamp(text)).toBeUndefined()
    },
  )

  it('sign the parts in one order, without separators, the code last', () => {
    const message =
      '775607_DPopenid fullname2025.12.29 17:47:23 +00000f9439ef-3581-4de5-9b8c-d20135960331https://mis.example/esia/callback'
    expect(secretMessage(parts)).toBe(message)
    expect(secretMessage({ ...parts, code: 'abc' })).toBe(`${message}abc`)
  })

  it('carry every parameter by its name, encoded for a query and for a form', () => {
    const address = new URL(authorizationAddress('https://esia.example', parts, signer))
    expect(address.origin + address.pathname).toBe('https://esia.example/aas/oauth2/v2/ac')
    expect(address.search).toContain('timestamp=2025.12.29+17%3A47%3A23+%2B0000')
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: parts.clientId,
      client_secret: `signed ${secretMessage(parts)}`,
      scope: parts.scope,
      timestamp: parts.timestamp,
      state: parts.state,
      redirect_uri: parts.redirectUri,
      client_certificate_hash: 'AB',
      response_type: 'code',
      access_type: 'online',
    })
    expect(Object.fromEntries(tokenForm({ ...parts, code: 'abc' }, signer))).toMatchObject({
      client_secret: `signed ${secretMessage({ ...parts, code: 'abc' })}`,
      code: 'abc',
      grant_type: 'authorization_code',
      token_type: 'Bearer',
    })
  })
})
