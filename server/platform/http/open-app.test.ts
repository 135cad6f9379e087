import { afterAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { openLog } from '../log.ts'
import { openApp } from './open-app.ts'

describe('behind a proxy', () => {
  const open: FastifyInstance[] = []
  const visit = async (trustProxy: boolean, forwarded: string) => {
    const app = await openApp({ log: openLog('silent'), trustProxy, requestsPerMinute: 1000 })
    open.push(app)
    app.get('/seen', async (request) => ({ ip: request.ip, protocol: request.protocol }))
    const headers = { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' }
    return (await app.inject({ url: '/seen', remoteAddress: '10.0.0.1', headers })).json() as unknown
  }
  afterAll(() => Promise.all(open.map((app) => app.close())))

  it('a visitor has the address that the proxy saw, and not the one that the visitor claims', async () => {
    expect(await visit(true, '203.0.113.9')).toEqual({ ip: '203.0.113.9', protocol: 'https' })
    expect(await visit(true, '127.0.0.1, 198.51.100.7, 203.0.113.9')).toEqual({ ip: '203.0.113.9', protocol: 'https' })
  })

  it('nothing is believed of what is forwarded unless the setting says so', async () => {
    expect(await visit(false, '203.0.113.9')).toEqual({ ip: '10.0.0.1', protocol: 'http' })
  })
})
