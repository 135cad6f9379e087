import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../platform/problem.ts'
import { formatSlotRef, parseSlotRef } from './slot-ref.ts'

describe('a reference to a time', () => {
  const key = fc.record({
    organizationId: fc.uuid({ version: 7 }),
    scheduleId: fc.uuid({ version: 7 }),
    startsAt: fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }).map((s) => new Date(s * 1000)),
    seq: fc.integer({ min: 0, max: 9999 }),
  })

  it('reads back as what was written', () => {
    fc.assert(
      fc.property(key, (k) => {
        expect(parseSlotRef(formatSlotRef(k))).toEqual(k)
      }),
    )
  })

  it('is not found when it is anything that we would not have written', () => {
    const almost = fc
      .tuple(key.map(formatSlotRef), fc.nat(), fc.constantFrom('', '~', '0', 'G', '%', 'é', '-', ' '))
      .map(([ref, at, insert]) => ref.slice(0, at % ref.length) + insert + ref.slice((at % ref.length) + 1))
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (text) => {
        try {
          expect(formatSlotRef(parseSlotRef(text))).toBe(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Problem)
          expect((error as Problem).type.type).toBe('/problems/slot-not-found')
        }
      }),
    )
  })
})
