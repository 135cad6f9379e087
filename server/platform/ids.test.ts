import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from './ids.ts'

const many = (count: number): string[] => Array.from({ length: count }, newId)
const msecsOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

// The clock goes only some milliseconds ahead: what is counted from here on in this process stays near the real time.
describe('identifiers', () => {
  afterEach(() => void vi.useRealTimers())

  it('are UUIDs of version 7 that carry their time', () => {
    vi.useFakeTimers({ now: Date.now() + 10 })
    const id = newId()
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(msecsOf(id)).toBe(Date.now())
  })

  it('of one process differ and stand in the order they were made in', () => {
    const ids = many(50_000)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
  })

  it('do so within one millisecond and when the clock goes back', () => {
    const start = Date.now() + 20
    vi.useFakeTimers({ now: start })
    const before = many(5000)
    vi.setSystemTime(start - 60_000)
    const after = many(5000)
    const ids = [...before, ...after]
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
  })

  it('differ from those of another process that makes them in the same millisecond', () => {
    const start = Date.now() + 30
    const tails = Array.from({ length: 200 }, (_, i) => {
      vi.useFakeTimers({ now: start + i })
      return newId().slice(14)
    })
    expect(new Set(tails).size).toBe(tails.length)
  })
})
