import { sql, type Kysely } from 'kysely'
import { issueDemoAuthority, issueDemoKeys } from '../exchange/signing/index.ts'
import { importEmployees } from '../modules/access/index.ts'
import { importAppointments, importCategories, importRules } from '../modules/booking/index.ts'
import type { DemoCitizen } from '../exchange/esia/index.ts'
import type { DocumentPorts } from '../modules/documents/index.ts'
import { importOrganizations } from '../modules/organizations/index.ts'
import { importPatients } from '../modules/patients/index.ts'
import { importTimetables } from '../modules/schedules/index.ts'
import { loadStarterSet } from '../modules/terminology/index.ts'
import type { DB } from '../platform/database/db.generated.ts'
import type { Platform } from '../platform/platform.ts'
import { addDays, localDay } from '../platform/time.ts'
import { demoAppointments } from './appointments.ts'
import { planHistory, writeHistory } from './history.ts'
import { demoCategories } from './categories.ts'
import { demoRules } from './rules.ts'
import { makeRegion, organizationsImport, type DemoRegion } from './region.ts'
import { DEMO_PASSWORD } from './staff.ts'

export type DemoSettings = { timeZone: string; secret: string; documents: DocumentPorts; tell: (what: string) => void }

/** The database is somebody's real one: the demo must not be poured into it. */
export class NotADemoDatabase extends Error {}

/** Days before today whose times and visits the demo has as well. */
const PAST_DAYS = 7
/** Of the people who see the first therapist these days, how many have a history to read. */
const WITH_HISTORY = 30

/**
 * Fills an empty migrated database with the demo region; a database that is filled already is left as it is, and a load
 * that was cut off goes on where it stopped. Returns the citizens who may sign in. Throws NotADemoDatabase when other people's data are in it.
 */
export async function loadDemo(platform: Platform, settings: DemoSettings): Promise<DemoCitizen[]> {
  const { db } = platform
  const marks = new Set((await db.selectFrom('platform.installation').select('key').execute()).map((row) => row.key))
  if (!marks.has('kind')) await markAsDemo(db)
  const now = platform.now()
  const today = await firstDayOf(db, localDay(now, settings.timeZone))
  const region = makeRegion(today)
  if (marks.has('demo loaded')) return region.citizens
  if (!marks.has('demo region')) {
    settings.tell('организации, сотрудники, пациенты')
    await loadStarterSet(db, now)
    await platform.transact((tx) => fillRegion(tx, region, now, settings))
  }
  settings.tell('история приёмов')
  await fillHistory(platform, region, today, settings)
  await mark(db, 'demo loaded')
  return region.citizens
}

/** The day the demo was made for: ages and dates of its people are relative to it, also at a later start. */
async function firstDayOf(db: Kysely<DB>, today: string): Promise<string> {
  await mark(db, 'demo day', JSON.stringify(today))
  const row = await db
    .selectFrom('platform.installation')
    .select('value')
    .where('key', '=', 'demo day')
    .executeTakeFirstOrThrow()
  return row.value as string
}

const mark = (db: Kysely<DB>, key: string, value = 'true') =>
  db
    .insertInto('platform.installation')
    .values({ key, value })
    .onConflict((c) => c.doNothing())
    .execute()

async function markAsDemo(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ used: boolean }>`select exists (select from platform.action) as used`.execute(db)
  if (rows[0]!.used)
    throw new NotADemoDatabase('this database has been used already and not as a demo; the demo needs one of its own')
  await mark(db, 'kind', '"demo"')
}

async function fillRegion(tx: Kysely<DB>, region: DemoRegion, now: Date, settings: DemoSettings): Promise<void> {
  const { staff, people, organizations } = region
  await importOrganizations(tx, organizationsImport(region, settings.timeZone))
  await importPatients(tx, now, people)
  await fillAccess(tx, region, now, settings.secret)
  await fillSignatures(tx, region, now, settings)
  const zones = new Map(organizations.map((o) => [o.id, settings.timeZone]))
  const firstDay = addDays(localDay(now, settings.timeZone), -PAST_DAYS)
  settings.tell('расписания и записи')
  const times = await importTimetables(tx, now, staff.timetables, zones, { firstDay })
  const ownToMake = new Set(region.citizens.map((c) => c.snils))
  const others = people.patients.filter((p) => !ownToMake.has(p.snils))
  await importAppointments(tx, demoAppointments(times, staff.timetables, others, now))
  await importRules(tx, now, demoRules(firstDay))
  await importCategories(tx, now, demoCategories())
  await mark(tx, 'demo region')
}

async function fillAccess(tx: Kysely<DB>, { staff }: DemoRegion, now: Date, secret: string): Promise<void> {
  const employees = staff.employees.map((e, place) => ({
    accountId: e.accountId,
    name: e.name,
    login: e.login,
    password: DEMO_PASSWORD,
    demo: true,
    assignments: [{ id: e.accountId, role: e.role, organizationId: e.organizationId, staffId: e.staffId }],
    // Those with a login of their own are the ones to try; the other hundred and fifty would only bury them.
    ...(!e.login.startsWith('demo') && { demoLogin: { about: e.about, place } }),
  }))
  await importEmployees(tx, secret, now, employees)
}

async function fillSignatures(
  tx: Kysely<DB>,
  { staff, organizations }: DemoRegion,
  now: Date,
  { secret }: DemoSettings,
): Promise<void> {
  const byId = new Map(organizations.map((o) => [o.id, o]))
  await issueDemoAuthority(tx, secret, now)
  const people = staff.employees.filter((e) => e.role === 'doctor')
  await issueDemoKeys(
    tx,
    secret,
    now,
    people.map((e) => ({
      snils: e.person.snils,
      lastName: e.person.lastName,
      firstName: e.person.firstName,
      middleName: e.person.middleName,
      position: 'врач',
      organization: byId.get(e.organizationId!)!.shortName,
    })),
  )
}

/** The citizens of the sign-in list, and people whom the first therapist sees today and in the next days. */
async function fillHistory(
  platform: Platform,
  region: DemoRegion,
  today: string,
  settings: DemoSettings,
): Promise<void> {
  const { people, citizens, staff } = region
  const attachedTo = new Map(people.attachments.map((a) => [a.patientId, a.organizationId]))
  const bySnils = new Map(people.patients.map((p) => [p.snils, p]))
  const visits: Record<string, number> = {
    Попова: 9,
    Титов: 7,
    Фёдорова: 6,
    Кузнецов: 4,
    Смирнова: 3,
    Соколов: 2,
    Андреева: 1,
  }
  const own = citizens.flatMap((c) => {
    const patient = c.trusted ? bySnils.get(c.snils) : undefined
    const children = patient
      ? people.representations.filter((r) => r.representativeId === patient.id).map((r) => r.patientId)
      : []
    return patient
      ? [
          { patient, visits: visits[patient.lastName] ?? 0 },
          ...children.map((id) => ({ patient: people.patients.find((p) => p.id === id)!, visits: 3 })),
        ]
      : []
  })
  const seen = await patientsOf(platform, staff.employees.find((e) => e.specialty === 'therapy')!.staffId!)
  const others = people.patients.filter((p) => seen.has(p.id)).slice(0, WITH_HISTORY)
  const chosen = [...own, ...others.map((patient, i) => ({ patient, visits: 1 + (i % 4) }))]
  const known = await alreadyWritten(platform)
  const plan = planHistory(
    chosen.map((c) => ({ ...c, organizationId: attachedTo.get(c.patient.id) })),
    staff.employees,
    today,
    settings.timeZone,
  )
  await writeHistory(platform, settings.documents, plan.slice(known), settings.tell)
}

async function patientsOf(platform: Platform, staffId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select distinct patient_id as id from booking.appointment
    where practitioner_role_id = ${staffId} and starts_at > ${platform.now()} order by 1 limit 200`.execute(platform.db)
  return new Set(rows.map((row) => row.id))
}

/** The history is written oldest first, one visit after another, so the signed ones are the beginning of the plan. */
async function alreadyWritten(platform: Platform): Promise<number> {
  const row = await platform.db
    .selectFrom('documents.document')
    .select((e) => e.fn.countAll<string>().as('n'))
    .where('state', '=', 'signed')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
