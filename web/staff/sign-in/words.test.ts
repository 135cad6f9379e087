import { describe, expect, it } from 'vitest'
import { SignInLocked, WrongCode } from '../../../contracts/access.ts'
import { Refusal } from '../../api/index.ts'
import { codeDigits, codeWords, lockedUntil } from './words.ts'

describe('the way in', () => {
  it('reads a code however it was written', () => {
    expect(codeDigits(' 123 456 ')).toBe('123456')
    expect(codeDigits('123-456-789')).toBe('123456')
    expect(codeDigits('код')).toBe('')
  })
  it('shows a code in two halves', () => {
    expect(codeWords('012345')).toBe('012\u00a0345')
  })
  it('knows until when it is locked, and only then', () => {
    const until = '2026-11-26T03:15:00.000Z'
    expect(lockedUntil(new Refusal({ ...SignInLocked, until }))).toBe(until)
    expect(lockedUntil(new Refusal({ ...SignInLocked }))).toBeUndefined()
    expect(lockedUntil(new Refusal({ ...WrongCode, until }))).toBeUndefined()
    expect(lockedUntil(undefined)).toBeUndefined()
  })
})
