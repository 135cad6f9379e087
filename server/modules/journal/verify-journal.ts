import type { Work } from '../../platform/work.ts'
import { merkleRoot, sealHash } from './merkle.ts'
import { sealedText } from './seal-journal.ts'
import * as store from './store.ts'

export type Verdict = {
  intact: boolean
  seals: number
  sealedUntil: string | null
  lastHash: string | null
  broken: { number: number; why: string }[]
}

const PAGE = 100

/**
 * Recomputes every seal from the rows as they are now. Changed, removed or added rows break their seal's root; a
 * removed or rewritten seal breaks the chain. Somebody who rewrites everything is caught by comparing `lastHash` of a
 * verdict noted outside with the seal of that number.
 */
export async function verifyJournal(work: Work): Promise<Verdict> {
  const broken: Verdict['broken'] = []
  let previous: { number: number; hash: Buffer; until: Date } | undefined
  for (let from = 1; ; from += PAGE) {
    const seals = await store.sealsFrom(work, from, PAGE)
    for (const seal of seals) {
      const number = Number(seal.number)
      const why = await flawOf(work, seal, previous)
      if (why) broken.push({ number, why })
      previous = { number, hash: seal.hash, until: seal.until }
    }
    if (seals.length < PAGE) break
  }
  return {
    intact: broken.length === 0,
    seals: previous?.number ?? 0,
    sealedUntil: previous?.until.toISOString() ?? null,
    lastHash: previous?.hash.toString('hex') ?? null,
    broken,
  }
}

async function flawOf(
  work: Work,
  seal: store.Seal,
  previous: { number: number; hash: Buffer; until: Date } | undefined,
): Promise<string | undefined> {
  const number = Number(seal.number)
  if (number !== (previous?.number ?? 0) + 1) return 'перед этой печатью недостаёт другой'
  if (previous && (!seal.previous_hash.equals(previous.hash) || seal.since.getTime() !== previous.until.getTime()))
    return 'цепочка печатей прервана'
  const rows = await store.actionsBetween(work, seal.since, seal.until)
  const root = merkleRoot(rows.map(sealedText))
  if (rows.length !== seal.row_count) return `записей стало ${rows.length}, было ${seal.row_count}`
  if (!root.equals(seal.merkle_root)) return 'одна или несколько записей изменены'
  const hash = sealHash({
    number,
    since: seal.since,
    until: seal.until,
    rowCount: seal.row_count,
    root,
    previous: seal.previous_hash,
  })
  return hash.equals(seal.hash) ? undefined : 'печать подделана'
}
