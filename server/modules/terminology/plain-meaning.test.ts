import { describe, expect, it } from 'vitest'
import { plainMeaning } from './plain-meaning.ts'
import { plainMeanings } from './plain-meanings.ts'
import { icd10 } from './starter/icd10.ts'

describe('the plain meaning of a diagnosis', () => {
  it('is that of the code, or of its category', () => {
    expect(plainMeaning('M54.5')).toContain('пояснице')
    expect(plainMeaning('J20.9')).toBe(plainMeaning('J20'))
    expect(plainMeaning('M54.9')).toBe(plainMeaning('M54'))
  })
  it.each(['C91.0', 'S06.5', '', 'constructor', '__proto__'])('of «%s» is not made up', (code) =>
    expect(plainMeaning(code)).toBeUndefined(),
  )
  it('is there for most of what is often diagnosed', () => {
    expect(Object.keys(plainMeanings).length).toBeGreaterThan(200)
    const explained = icd10.filter(([code]) => plainMeaning(code))
    expect(explained.length / icd10.length).toBeGreaterThan(0.6)
  })
  it('is a few short sentences in Russian for a code that can be', () => {
    for (const [code, meaning] of Object.entries(plainMeanings)) {
      expect(code).toMatch(/^[A-Z]\d{2}(\.\d)?$/)
      expect(meaning.length, code).toBeLessThan(180)
      expect(meaning, code).toMatch(/^[А-ЯЁ«C].*\.$/u)
    }
  })
})
