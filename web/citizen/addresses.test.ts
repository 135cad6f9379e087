import { describe, expect, it } from 'vitest'
import { at, isPage, safeReturn } from './addresses.ts'

describe('addresses of pages', () => {
  it('name the person only when the card is not one’s own', () => {
    expect(at.visits({ id: 'a', relation: 'self' })).toBe('/visits')
    expect(at.visits({ id: 'b', relation: 'child' })).toBe('/visits?for=b')
    expect(at.card({ id: 'b', relation: 'child' }, { kind: 'Condition' })).toBe('/card?for=b&kind=Condition')
  })
  it('carry the way back through signing in', () => {
    expect(at.signIn('/visits?for=b')).toBe('/sign-in?return=%2Fvisits%3Ffor%3Db')
    expect(at.signIn('/')).toBe('/sign-in')
    expect(at.esia('/card?kind=Condition')).toBe('/esia/sign-in?return=%2Fcard%3Fkind%3DCondition')
  })
  it('tell pages from programs and files', () => {
    expect(['/', '/visits', '/documents/a/b'].every(isPage)).toBe(true)
    expect(['/api/v1/me', '/esia/sign-in', '/staff/', '/sw.js', '/assets/index-1.css'].some(isPage)).toBe(false)
  })
})

describe('the way back after signing in', () => {
  it('stays within the app', () => {
    expect(safeReturn('/visits?for=b')).toBe('/visits?for=b')
    for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', null])
      expect(safeReturn(evil)).toBe('/')
  })
  it('does not lead to signing in again, to programs or to the staff', () => {
    for (const address of ['/sign-in', '/sign-in?return=/', '/api/v1/me', '/esia/sign-in', '/staff/day'])
      expect(safeReturn(address)).toBe('/')
  })
})
