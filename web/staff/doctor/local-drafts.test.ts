import { describe, expect, it } from 'vitest'
import { emptyConsultation } from '../../../contracts/chart.ts'
import { forgetOldDrafts, localDrafts } from './local-drafts.ts'

function device() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (i: number) => [...kept.keys()][i] ?? null,
    get length() {
      return kept.size
    },
  }
}
const body = { ...emptyConsultation, complaints: 'Кашель' }
const day = 86_400_000

describe('a copy on the device', () => {
  it('is its employee’s and its visit’s alone', () => {
    const storage = device()
    localDrafts(storage, 'anna', 'v1').keep(3, body, 0)
    expect(localDrafts(storage, 'anna', 'v1').read()).toEqual({ base: 3, body })
    expect(localDrafts(storage, 'anna', 'v2').read()).toBeUndefined()
    expect(localDrafts(storage, 'oleg', 'v1').read()).toBeUndefined()
    localDrafts(storage, 'anna', 'v1').forget()
    expect(storage.kept.size).toBe(0)
  })
  it('that is no draft is not taken for one', () => {
    const storage = device()
    for (const text of ['{', '{}', '{"base":1,"body":{}}', 'null', '{"base":"1","body":{"complaints":""}}']) {
      storage.setItem('rmis.draft.anna.v1', text)
      expect(localDrafts(storage, 'anna', 'v1').read()).toBeUndefined()
    }
  })
  it('is done without where the browser forbids it', () => {
    const forbidden = new Proxy(device(), {
      get: () => () => {
        throw new Error('denied')
      },
    })
    const drafts = localDrafts(forbidden, 'anna', 'v1')
    drafts.keep(1, body, 0)
    expect(drafts.read()).toBeUndefined()
    drafts.forget()
    forgetOldDrafts(forbidden, 0)
  })
  it('is thrown away after two weeks, other things are not', () => {
    const storage = device()
    localDrafts(storage, 'anna', 'old').keep(1, body, 0)
    localDrafts(storage, 'anna', 'new').keep(1, body, 10 * day)
    storage.setItem('other', 'x')
    storage.setItem('rmis.draft.anna.broken', '{')
    forgetOldDrafts(storage, 15 * day)
    expect([...storage.kept.keys()]).toEqual(['rmis.draft.anna.new', 'other'])
  })
})
