import { describe, expect, it } from 'vitest'
import { keptDraft } from './kept-draft.ts'

const memory = () => {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}
const draft = { a: { hours: [{ weekday: 1, starts: '08:00', ends: '09:00' }], daysOff: [], cycle: null } }

describe('the copy of a draft', () => {
  it('is there for its employee and department, until nothing is changed any more', () => {
    const storage = memory()
    keptDraft(storage, 'me', 'd').keep({ draft, versions: { a: 3 } }, 1)
    expect(keptDraft(storage, 'me', 'd').read()).toEqual({ draft, versions: { a: 3 } })
    expect(keptDraft(storage, 'other', 'd').read()).toBeUndefined()
    keptDraft(storage, 'me', 'd').keep({ draft: {}, versions: {} }, 2)
    expect(storage.items.size).toBe(0)
  })
  it.each(['', '{', '[]', '{"draft":{"a":null},"versions":{}}', '{"draft":{"a":{}},"versions":{}}'])(
    'is none when it cannot be understood: %s',
    (text) => {
      expect(keptDraft({ ...memory(), getItem: () => text }, 'me', 'd').read()).toBeUndefined()
    },
  )
  it('is none where the browser forbids it', () => {
    const refuse = () => {
      throw new Error('forbidden')
    }
    const kept = keptDraft({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'me', 'd')
    kept.keep({ draft, versions: {} }, 1)
    expect(kept.read()).toBeUndefined()
  })
})
