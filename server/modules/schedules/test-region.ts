import { fillSmallRegion, hospital, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { useTestApp, type TestApp } from '../../platform/testing/test-app.ts'
import { importTimetables, type NewTimetable } from './import-timetables.ts'
import type { SchedulePorts } from './ports.ts'
import { scheduleRoutes } from './routes.ts'

// For the tests of this module: the small region with a timetable for each of its doctors.

const scheduleId = (n: number): string => `0195a000-0000-7000-8000-${String(900 + n).padStart(12, '0')}`

/** Timetables by whose they are. */
export const schedules = {
  therapist: scheduleId(1),
  secondTherapist: scheduleId(2),
  cardiologist: scheduleId(3),
  neurologist: scheduleId(4),
} as const

export const zones = new Map([
  [polyclinic.id, 'Europe/Moscow'],
  [hospital.id, 'Asia/Novosibirsk'],
])

/** The same hours on each of these weekdays. */
export const onDays = (weekdays: readonly number[], starts: string, ends: string) =>
  weekdays.map((weekday) => ({ weekday, starts, ends }))

const common = { ageFrom: 18, ageTo: 150, validFrom: '2026-01-01', validUntil: null }

/**
 * The therapist: mornings of working days, six half-hours, for everybody. The second therapist: Monday afternoons, for
 * the registry only. The cardiologist: Tuesdays, children only. The neurologist (zone +7): from midnight of Tuesday,
 * which is still Monday in UTC.
 */
export const timetables: readonly NewTimetable[] = [
  {
    ...common,
    id: schedules.therapist,
    organizationId: polyclinic.id,
    staffId: staff.therapist,
    specialtyCode: specialties.therapy,
    roomId: polyclinic.rooms[0],
    slotMinutes: 30,
    channels: ['portal', 'registrar', 'doctor'],
    hours: onDays([1, 2, 3, 4, 5], '09:00', '12:00'),
  },
  {
    ...common,
    id: schedules.secondTherapist,
    organizationId: polyclinic.id,
    staffId: staff.secondTherapist,
    specialtyCode: specialties.therapy,
    roomId: polyclinic.rooms[1],
    slotMinutes: 60,
    channels: ['registrar'],
    hours: onDays([1], '13:00', '15:00'),
  },
  {
    ...common,
    id: schedules.cardiologist,
    organizationId: polyclinic.id,
    staffId: staff.cardiologist,
    specialtyCode: specialties.cardiology,
    roomId: polyclinic.rooms[2],
    slotMinutes: 20,
    channels: ['portal', 'registrar'],
    ageFrom: 0,
    ageTo: 17,
    hours: onDays([2], '10:00', '12:00'),
  },
  {
    ...common,
    id: schedules.neurologist,
    organizationId: hospital.id,
    staffId: staff.neurologist,
    specialtyCode: specialties.neurology,
    roomId: hospital.rooms[0],
    slotMinutes: 20,
    channels: ['portal', 'registrar', 'doctor'],
    hours: onDays([2], '00:00', '01:00'),
  },
]

const unasked = () => {
  throw new Error('this test names no patient')
}
const noPatients: SchedulePorts = {
  ageOf: unasked,
  sexOf: unasked,
  attachmentOf: unasked,
  mayActFor: unasked,
  timesFreed: async () => {},
}

/**
 * An app that serves this module over the small region; the timetables are there unless `withTimetables` is false.
 * `ports` lead to the patients, in tests that name one.
 */
export const useScheduleApp = ({
  ports = noPatients,
  withTimetables = true,
}: { ports?: SchedulePorts; withTimetables?: boolean } = {}): (() => TestApp) =>
  useTestApp({
    routes: () => scheduleRoutes(ports),
    fill: async (app) => {
      await fillSmallRegion(app.db)
      if (withTimetables) await importTimetables(app.db, app.now, timetables, zones)
    },
  })

/** Every time there is, of one timetable or all, earliest first. */
export const allSlots = (app: TestApp, id?: string) => {
  const slots = app.db.selectFrom('schedules.slot').selectAll().orderBy('starts_at').orderBy('schedule_id')
  return (id ? slots.where('schedule_id', '=', id) : slots).execute()
}
