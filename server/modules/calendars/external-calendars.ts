import {
  ExternalCalendarNotFound,
  TooManyCalendars,
  type CalendarConflict,
  type ExternalCalendar,
} from '../../../contracts/calendars.ts'
import { Invalid, NotFound } from '../../../contracts/problems.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { sealBytes } from '../../platform/secret-box.ts'
import { startSoon } from '../../platform/start-soon.ts'
import type { Work } from '../../platform/work.ts'
import { describeAppointments } from '../booking/index.ts'
import { organizationsByIds, staffByIds, staffNamesByIds } from '../organizations/index.ts'
import { busyElsewhere, settleBusy } from '../schedules/index.ts'
import type { CalendarSettings } from './ports.ts'
import { contextOf } from './source-context.ts'
import { READ_EXTERNAL } from './read-external.ts'
import { insertSource, liveSources, lockSource, markSourceRemoved, readSoon, type SourceRow } from './store-sources.ts'

// Calendars outside that say when doctors of one's own organisation are busy. A doctor keeps their own.

/** Whose calendars the actor keeps: an organisation's, or one doctor's there. Throws NotFound for who works in none. */
function kept({ actor }: Work): { organizationId: string; staffId: string | undefined } {
  const { organizationId, staffId, role } = actor
  if (!organizationId || (role === 'doctor' && !staffId)) throw new Problem(NotFound)
  return { organizationId, staffId: role === 'doctor' ? staffId : undefined }
}

/** Calendars with their state, and the booked visits that they stand against. Patients shown are noted. */
export async function listExternal(
  work: Work,
): Promise<{ calendars: ExternalCalendar[]; conflicts: CalendarConflict[]; timeZone: string }> {
  const { organizationId, staffId } = kept(work)
  const [organizations, sources, booked] = await Promise.all([
    organizationsByIds(work, [organizationId]),
    liveSources(work, organizationId, staffId),
    busyElsewhere(work, organizationId, staffId),
  ])
  const [staff, visits] = await Promise.all([
    staffNamesByIds(work, [...new Set([...sources, ...booked].map((row) => row.staffId))]),
    describeAppointments(
      work,
      booked.map(({ appointmentId }) => ({ organizationId, id: appointmentId })),
    ),
  ])
  const conflicts = booked.flatMap(({ appointmentId, sourceId, ...row }): CalendarConflict[] => {
    const visit = visits.get(appointmentId)
    if (!visit) return []
    const { patientId, patientName, startsAt, endsAt } = visit
    const staffName = staff.get(row.staffId)?.name ?? ''
    return [
      {
        appointmentId,
        calendarId: sourceId,
        staffId: row.staffId,
        staffName,
        startsAt,
        endsAt,
        patientId,
        patientName,
      },
    ]
  })
  const grounds =
    work.actor.role === 'doctor' ? 'appointment' : work.actor.role === 'registrar' ? 'registration' : 'duty'
  work.note({ patientIds: [...new Set(conflicts.map((c) => c.patientId))], grounds })
  return {
    calendars: sources.map((source) => describe(source, staff.get(source.staffId)?.name ?? '')),
    conflicts,
    timeZone: organizations.get(organizationId)?.timeZone ?? 'UTC',
  }
}

const describe = (s: Omit<SourceRow, 'sealed' | 'organizationId'>, staffName: string): ExternalCalendar => ({
  id: s.id,
  staffId: s.staffId,
  staffName,
  name: s.name,
  kind: s.kind,
  host: s.host,
  readAt: s.readAt?.toISOString() ?? null,
  busyTimes: s.busyTimes,
  failingSince: s.failingSince?.toISOString() ?? null,
  failure: s.failure,
})

type NewCalendar = {
  staffId: string
  name: string
  kind: 'ics' | 'caldav'
  address: string
  username: string | null
  password: string | null
}

/** Connects a calendar; the job reads it as soon as this is committed. Throws NotFound, Invalid, TooManyCalendars. */
export async function addExternal(
  work: Work,
  settings: CalendarSettings,
  asked: NewCalendar,
): Promise<ExternalCalendar> {
  const { organizationId, staffId: own } = kept(work)
  if (own !== undefined && own !== asked.staffId) throw new Problem(NotFound)
  const doctor = (await staffByIds(work, [asked.staffId])).get(asked.staffId)
  if (doctor?.organizationId !== organizationId) throw new Problem(NotFound)
  const url = addressOf(asked.address)
  const { staffId, name, kind, username, password } = asked
  const id = newId()
  const secret = Buffer.from(JSON.stringify({ address: url.href, username, password }))
  const sealed = sealBytes(settings.secret, contextOf({ organizationId, id }), secret)
  const source = { organizationId, id, staffId, name: name.trim(), kind, host: url.host, sealed }
  work.note({ objectType: 'external-calendar', objectId: id })
  // Another who adds at this moment may take the place that was seen free; there are five.
  for (let attempt = 1; !(await insertSource(work, source)); attempt++)
    if (attempt === 5) throw new Problem(TooManyCalendars)
  await startSoon(work, READ_EXTERNAL)
  const unread = { readAt: null, knownUntil: null, etag: null, lastModified: null, busyTimes: 0 }
  return describe({ ...source, ...unread, failingSince: null, failure: null, failures: 0 }, doctor.name)
}

/** webcal: is how calendars are shown to people; it is https. Throws Invalid. */
function addressOf(text: string): URL {
  const address = text.replace(/^webcals?:\/\//i, 'https://')
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new Problem(Invalid, {
      fields: [{ path: 'address', message: 'Нужен адрес вида https://…, без имени и пароля внутри' }],
    })
  return url
}

/** Has a calendar read now. Throws ExternalCalendarNotFound. */
export async function readNow(work: Work, id: string): Promise<{ asked: true }> {
  const { organizationId } = await ownSource(work, id)
  await readSoon(work, organizationId, id)
  await startSoon(work, READ_EXTERNAL)
  return { asked: true }
}

/** Disconnects a calendar; times that it alone kept closed open again. Throws ExternalCalendarNotFound. */
export async function removeExternal(work: Work, settings: CalendarSettings, id: string): Promise<{ opened: number }> {
  const { organizationId, staffId } = await ownSource(work, id)
  await markSourceRemoved(work, organizationId, id)
  const { opened } = await settleBusy(work, settings.timesFreed, { organizationId, staffId, sourceId: id }, [])
  return { opened }
}

async function ownSource(work: Work, id: string): Promise<SourceRow> {
  const { organizationId, staffId } = kept(work)
  work.note({ objectType: 'external-calendar', objectId: id })
  const source = await lockSource(work, organizationId, id)
  if (!source || (staffId !== undefined && source.staffId !== staffId)) throw new Problem(ExternalCalendarNotFound)
  return source
}
