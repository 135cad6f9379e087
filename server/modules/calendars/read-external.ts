import { perform, system } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { openBytes } from '../../platform/secret-box.ts'
import { minutesLater } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { settleBusy } from '../schedules/index.ts'
import { contextOf } from './source-context.ts'
import type { CalendarSettings, ExternalSource, Reading } from './ports.ts'
import { knowsEnough, nextAttempt, nextReading, windowAt } from './source-rules.ts'
import { claimSources, lockSource, noteFailed, noteRead, type SourceRow } from './store-sources.ts'

export const READ_EXTERNAL = 'calendars.read-external'
const BATCH = 5
/** Longer than reading one may take. */
const CLAIM_MINUTES = 5

/**
 * Reads every calendar outside whose time has come: takes a few in one operation, reads them outside of any transaction,
 * and writes down what came of each in an operation of its own. Any number of nodes do this together; a node that dies
 * leaves its claim to run out. Answers with how many were read.
 */
export async function readDueCalendars(platform: Platform, settings: CalendarSettings): Promise<number> {
  let taken = 0
  for (;;) {
    const batch = await perform(platform, system, { name: READ_EXTERNAL, journal: 'change' }, takeBatch)
    await Promise.all(batch.map((due) => readOne(platform, settings, due)))
    taken += batch.length
    if (batch.length < BATCH) return taken
  }
}

type Due = { source: SourceRow; zone: string }

async function takeBatch(work: Work): Promise<Due[]> {
  const sources = await claimSources(work, BATCH, minutesLater(work.now, CLAIM_MINUTES))
  const organizations = await organizationsByIds(work, [...new Set(sources.map((s) => s.organizationId))])
  return sources.map((source) => ({ source, zone: organizations.get(source.organizationId)?.timeZone ?? 'UTC' }))
}

async function readOne(platform: Platform, settings: CalendarSettings, { source, zone }: Due): Promise<void> {
  const window = windowAt(platform.now())
  const reading = await ask(platform, settings, source, { ...window, zone })
  await perform(platform, system, { name: 'calendars.note-reading', journal: 'change' }, async (work) => {
    work.note({ objectType: 'external-calendar', objectId: source.id })
    // Removed meanwhile: nothing of it may come back.
    if (!(await lockSource(work, source.organizationId, source.id))) return
    if (reading.outcome === 'failed')
      return noteFailed(work, source, reading.failure, nextAttempt(source.failures, work.now))
    const nextAt = nextReading(work.now)
    const times = reading.outcome === 'read' ? reading.times : undefined
    const of = { organizationId: source.organizationId, staffId: source.staffId, sourceId: source.id }
    await settleBusy(work, settings.timesFreed, of, times)
    if (reading.outcome === 'unchanged') return noteRead(work, source, { nextAt })
    const { etag, lastModified } = reading
    await noteRead(work, source, {
      nextAt,
      knownUntil: window.until,
      etag,
      lastModified,
      busyTimes: reading.times.length,
    })
  })
}

/** What is thrown here is our own fault or a secret that has been changed: it is logged, and the calendar waits. */
async function ask(
  platform: Platform,
  settings: CalendarSettings,
  source: SourceRow,
  window: { from: Date; until: Date; zone: string },
): Promise<Reading> {
  try {
    const secret = openBytes(settings.secret, contextOf(source), source.sealed).toString('utf8')
    const { address, username, password } = JSON.parse(secret) as Pick<
      ExternalSource,
      'address' | 'username' | 'password'
    >
    // «Nothing has changed» would not tell what lies past the end of what is known.
    const fresh = knowsEnough(source.knownUntil, window.from)
    const known = { etag: fresh ? source.etag : null, lastModified: fresh ? source.lastModified : null }
    return await settings.readCalendar({ kind: source.kind, address, username, password, ...known }, window)
  } catch (error) {
    const code = (error as { code?: unknown }).code
    platform.log.warn({ sourceId: source.id, code }, 'a calendar outside could not be read')
    return { outcome: 'failed', failure: 'unreadable' }
  }
}
