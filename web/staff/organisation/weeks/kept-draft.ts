import type { Draft } from './draft.ts'

/** A draft in the browser: what is changed, and from which states of the timetables it was begun. */
export type KeptDraft = { draft: Draft; versions: Readonly<Record<string, number>> }

/** `rmis.draft.` is what is thrown away after two weeks (doctor/local-drafts.ts). */
const keyOf = (accountId: string, departmentId: string) => `rmis.draft.weeks.${accountId}.${departmentId}`

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Drafts of one employee on this device, one for each department. They hold hours and ids of timetables, nothing about
 * patients. Where the storage is full or forbidden there is simply no copy.
 */
export const keptDraft = (storage: Store, accountId: string, departmentId: string) => ({
  read(): KeptDraft | undefined {
    try {
      const kept = JSON.parse(storage.getItem(keyOf(accountId, departmentId)) ?? 'null') as Partial<KeptDraft> | null
      return kept?.draft && kept.versions && Object.values(kept.draft).every((plan) => Array.isArray(plan?.hours))
        ? { draft: kept.draft, versions: kept.versions }
        : undefined
    } catch {
      return undefined
    }
  },
  keep(kept: KeptDraft, now: number): void {
    try {
      if (Object.keys(kept.draft).length === 0) storage.removeItem(keyOf(accountId, departmentId))
      else storage.setItem(keyOf(accountId, departmentId), JSON.stringify({ ...kept, at: now }))
    } catch {
      // No copy, then.
    }
  },
})
