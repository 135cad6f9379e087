import type { Concept } from '../../../contracts/terminology.ts'
import type { Work } from '../../platform/work.ts'
import * as store from './store.ts'

export { importDirectory, ImportRefused, type DirectoryContent } from './import-directory.ts'
export { loadStarterSet } from './load-starter-set.ts'
export { plainMeaning } from './plain-meaning.ts'
export type { DirectoryRow } from './rules.ts'
export { refreshStatistics } from './store-import.ts'
export { searchConcepts } from './search-concepts.ts'

/** The current version of a directory; undefined when none is loaded. */
export const currentVersion = (work: Work, oid: string): Promise<string | undefined> =>
  store.findCurrentVersion(work, oid)

/** Concepts of the current version by code; unknown codes are left out, abolished ones are there: old records name them. */
export const conceptsByCodes = async (
  work: Work,
  oid: string,
  codes: readonly string[],
): Promise<Map<string, Concept>> => byCode(await store.findConcepts(work, oid, codes, false))

/** The same for a new record: only codes that may be chosen now, so neither abolished ones nor headings. */
export const selectableByCodes = async (
  work: Work,
  oid: string,
  codes: readonly string[],
): Promise<Map<string, Concept>> => byCode(await store.findConcepts(work, oid, codes, true))

const byCode = (concepts: readonly Concept[]): Map<string, Concept> => new Map(concepts.map((c) => [c.code, c]))
