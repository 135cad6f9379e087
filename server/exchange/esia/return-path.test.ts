import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeReturnPath } from './return-path.ts'

const site = 'https://rmis.example'

describe('the path after signing in', () => {
  it('keeps a path of this site with its query and fragment', () => {
    expect(safeReturnPath('/visits/1?tab=ticket#qr')).toBe('/visits/1?tab=ticket#qr')
    expect(safeReturnPath('/запись?специальность=терапевт')).toMatch(/^\/%D0%B7/)
  })

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/\t/evil.example',
    '\n//evil.example',
    'javascript:alert(1)',
    'visits',
    '',
    undefined,
    ['/a', '/b'],
    '/' + 'a'.repeat(500),
    '/api/v1/me',
    '/esia/sign-in?return=/',
    '/x/../esia/callback',
    '/aas/oauth2/v2/ac',
  ])('sends %j to the first page', (path) => {
    expect(safeReturnPath(path)).toBe('/')
  })

  it('never leaves the site, whatever the path is', () => {
    const nasty = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      '@',
      ':',
      'http:',
      '%2f',
      '%5c',
      '\t',
      '\n',
      'evil.example',
      '?',
      '#',
      ' ',
    )
    const path = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.array(nasty, { maxLength: 8 }).map((parts) => `/${parts.join('')}`),
    )
    fc.assert(
      fc.property(path, (text) => {
        const safe = safeReturnPath(text)
        expect(safe.startsWith('/')).toBe(true)
        expect(new URL(safe, site).origin).toBe(site)
        // What a browser makes of the Location header a second time is the same place.
        expect(safeReturnPath(safe)).toBe(safe)
      }),
      { numRuns: 2000 },
    )
  })
})
