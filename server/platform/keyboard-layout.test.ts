import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOtherLayout } from './keyboard-layout.ts'

const russian = fc.stringMatching(/^[а-яё]{1,12}$/)

describe('the other keyboard layout', () => {
  it('gives what was meant', () => {
    expect(inOtherLayout('nhfdvf')).toBe('травма')
    expect(inOtherLayout('О20')).toBe('J20')
    expect(inOtherLayout('lbf,tn')).toBe('диабет')
    expect(inOtherLayout('сщмшв')).toBe('covid')
  })
  it('of the other layout is what was typed', () => {
    fc.assert(
      fc.property(russian, (word) => {
        const typed = inOtherLayout(word)
        expect(typed).not.toMatch(/[а-яё]/i)
        expect(inOtherLayout(typed)).toBe(word)
      }),
    )
  })
})
