import { sql } from 'kysely'
import { newId } from '../../../platform/ids.ts'
import * as contract from '../../../../contracts/calendars.ts'
import type { CalendarSettings, ReadCalendar } from '../../../modules/calendars/index.ts'
import { calendarRoutes } from '../../../modules/calendars/routes.ts'
import type { TimesFreed } from '../../../modules/schedules/index.ts'
import type { Actor } from '../../../platform/work.ts'
import { openClinic, type Clinic } from '../../../testing/booking-clinic.ts'
import { accounts, actors, polyclinic, staff } from '../../../testing/small-region.ts'
import { calendarPorts, mountCalDav, mountFeeds } from '../index.ts'

/** The clinic of booking's tests with calendars. Petrov and the two therapists have accounts that may act. */
export async function openClinicWithCalendars(
  readCalendar: ReadCalendar = async () => ({ outcome: 'failed', failure: 'unreachable' }),
  timesFreed: TimesFreed = async () => {},
): Promise<Clinic & { settings: CalendarSettings }> {
  const settings = { ...calendarPorts('https://rmis.example'), secret: '5e'.repeat(32), readCalendar, timesFreed }
  const clinic = await openClinic({
    routes: calendarRoutes(settings),
    mount: (app, platform) => {
      mountFeeds(app, platform)
      mountCalDav(app, platform)
    },
  })
  const { db, now } = clinic.app
  await sql`insert into access.account (id, kind, display_name, created_at)
    values (${accounts.petrov}, 'citizen', 'Петров Пётр Петрович', ${now}),
      (${actors.therapist.id}, 'employee', 'Иванова Анна Сергеевна', ${now})
    on conflict do nothing`.execute(db)
  await sql`insert into access.assignment (id, account_id, role, organization_id, staff_id, since)
    values (${newId()}, ${actors.therapist.id}, 'doctor', ${polyclinic.id}, ${staff.therapist}, '2026-01-01')`.execute(
    db,
  )
  return Object.assign(clinic, { settings })
}

/** Makes an address and gives its path and token. */
export async function newAddress(clinic: Clinic, actor: Actor) {
  const made = await clinic.app.call(actor, contract.renewCalendarFeed, {})
  return { ...made, path: new URL(made.address).pathname }
}

/** What a calendar program gets. */
export async function fetchFeed(clinic: Clinic, path: string, headers: Record<string, string> = {}) {
  const reply = await clinic.app.app.inject({ url: path, headers })
  return { status: reply.statusCode, text: reply.payload, headers: reply.headers }
}
