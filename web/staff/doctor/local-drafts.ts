import type { ConsultationDraft } from '../../../contracts/chart.ts'

/** Text that the server does not have yet, and the version it was written over. */
type LocalDraft = { base: number; body: ConsultationDraft }
type Stored = LocalDraft & { at: number }

const PREFIX = 'rmis.draft.'
/** What nobody came back for is no longer somebody's unfinished work. */
const KEEP_MS = 14 * 86_400_000

const keyOf = (accountId: string, visitId: string) => `${PREFIX}${accountId}.${visitId}`

/** The part of the browser's storage that is used; it may be full or forbidden, and then there is simply no copy. */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

function quietly<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

/**
 * Copies of unsaved records on this device, one for each visit of each employee. A copy is there only while the server
 * does not have the same: it outlives a closed window and a lost network, and is gone once the record is saved or signed.
 */
export const localDrafts = (storage: Storage, accountId: string, visitId: string) => ({
  read(): LocalDraft | undefined {
    const text = quietly(() => storage.getItem(keyOf(accountId, visitId)))
    const stored = text ? quietly(() => JSON.parse(text) as Partial<Stored>) : undefined
    return stored && typeof stored.base === 'number' && typeof stored.body?.complaints === 'string'
      ? { base: stored.base, body: stored.body }
      : undefined
  },
  keep(base: number, body: ConsultationDraft, now: number): void {
    const stored: Stored = { base, body, at: now }
    quietly(() => storage.setItem(keyOf(accountId, visitId), JSON.stringify(stored)))
  },
  forget(): void {
    quietly(() => storage.removeItem(keyOf(accountId, visitId)))
  },
})

/** Takes away copies that were kept for longer than two weeks; of anybody, for nobody will come for them. */
export function forgetOldDrafts(storage: Storage, now: number): void {
  const keys = quietly(() => Array.from({ length: storage.length }, (_, i) => storage.key(i)!)) ?? []
  for (const key of keys.filter((k) => k.startsWith(PREFIX))) {
    const stored = quietly(() => JSON.parse(storage.getItem(key) ?? '') as Partial<Stored>)
    if (!(typeof stored?.at === 'number' && now - stored.at < KEEP_MS)) quietly(() => storage.removeItem(key))
  }
}
