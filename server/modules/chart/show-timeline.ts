import type { TimelineEntry } from '../../../contracts/chart.ts'
import { directories } from '../../../contracts/terminology.ts'
import { readCursor, writeCursor } from '../../platform/page-cursor.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds, staffNamesByIds } from '../organizations/index.ts'
import { plainMeaning } from '../terminology/index.ts'
import { findFacts, type FactLine } from './store-facts.ts'
import { readCard } from './grounds.ts'

const PAGE = 50
type Query = { kind?: string; from?: string; to?: string; before?: string; limit?: number }

/** The card's timeline, newest first, a page at a time (EMR-1, EMR-5). Throws PatientNotFound / NoGrounds. */
export async function showTimeline(
  work: Work,
  patientId: string,
  query: Query,
): Promise<{ entries: TimelineEntry[]; next: string | null }> {
  const limit = query.limit ?? PAGE
  const { kind, from, to } = query
  const before = readCursor(query.before)
  const [, facts] = await Promise.all([
    readCard(work, patientId),
    findFacts(work, patientId, { kind, from, to, before, limit: limit + 1 }),
  ])
  const page = facts.slice(0, limit)
  const [organizations, staff] = await Promise.all([
    organizationsByIds(work, [...new Set(page.map((f) => f.organizationId))]),
    staffNamesByIds(work, [...new Set(page.flatMap((f) => f.staffId ?? []))]),
  ])
  const entries = page.map((fact): TimelineEntry => {
    const organization = organizations.get(fact.organizationId)
    return {
      id: fact.id,
      kind: fact.kind,
      at: fact.at.toISOString(),
      title: fact.title,
      plain: plainOf(fact),
      code: fact.code,
      organizationName: organization?.shortName ?? '',
      doctorName: (fact.staffId && staff.get(fact.staffId)?.shortName) || null,
      documentId: fact.documentId,
      visitId: fact.visitId,
      timeZone: organization?.timeZone ?? 'UTC',
    }
  })
  return { entries, next: facts.length > limit ? writeCursor(page.at(-1)!) : null }
}

const plainOf = (fact: FactLine): string | null =>
  fact.codeSystem === directories.icd10 && fact.code ? (plainMeaning(fact.code) ?? null) : null
