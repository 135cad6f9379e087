import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const production = {
  RMIS_DATABASE_URL: 'postgres://rmis@db/rmis',
  RMIS_SECRET: '0123456789abcdef'.repeat(4),
  RMIS_BASE_URL: 'https://rmis.example',
  RMIS_TRUST_PROXY: '1',
  RMIS_ESIA_CLIENT_ID: 'RMIS77',
  RMIS_ESIA_KEY_FILE: '/etc/rmis/esia.key',
  RMIS_ESIA_CERTIFICATE_FILE: '/etc/rmis/esia.cer',
  RMIS_ESIA_TOKEN_CERTIFICATE_FILE: '/etc/rmis/esia-tokens.cer',
}

describe('settings', () => {
  it('need nothing for the demo', () => {
    expect(readConfig('demo', {})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      baseUrl: 'http://127.0.0.1:8080',
      databaseUrl: undefined,
    })
  })

  it.each([
    [{ RMIS_PORT: 'восемь' }, 'RMIS_PORT must be a whole number'],
    [{ RMIS_PORT: '70000' }, 'RMIS_PORT must be a whole number'],
    [{ RMIS_HOST: 'localhost' }, 'RMIS_HOST must be an IP address'],
    [{ RMIS_TIME_ZONE: 'Москва' }, 'RMIS_TIME_ZONE must be an IANA zone'],
    [{ RMIS_DATABASE_URL: 'mysql://x' }, 'RMIS_DATABASE_URL must be an address'],
    [{ RMIS_SECRET: 'secret' }, 'RMIS_SECRET must be 64 hexadecimal digits'],
    [{ RMIS_BASE_URL: 'rmis.example' }, 'RMIS_BASE_URL must be an address'],
    [{ RMIS_POOL_SIZE: '1' }, 'RMIS_POOL_SIZE must be a whole number'],
  ])('that cannot be used are named: %j', (env, message) => {
    expect(() => readConfig('demo', env)).toThrow(message)
  })

  it('of production are complete or named', () => {
    expect(readConfig('production', production)).toMatchObject({ mode: 'production', baseUrl: 'https://rmis.example' })
    for (const name of Object.keys(production))
      expect(() => readConfig('production', { ...production, [name]: '' }), name).toThrow(name)
  })

  it('of production refuse a secret that is not one', () => {
    expect(() => readConfig('production', { ...production, RMIS_SECRET: '0'.repeat(64) })).toThrow(
      'RMIS_SECRET is required',
    )
  })
})
