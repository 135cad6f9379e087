import type { NewAppointment } from '../modules/booking/index.ts'
import type { NewPatient } from '../modules/patients/index.ts'
import type { NewTime, NewTimetable } from '../modules/schedules/index.ts'
import { Chance, demoId } from './chance.ts'

const DAY = 86_400_000

/** How full a day is: what is past or near is nearly full, the end of the fortnight is nearly empty. */
function fullness(startsAt: Date, now: Date): number {
  const days = Math.floor((startsAt.getTime() - now.getTime()) / DAY)
  if (days < 0) return 0.8
  return Math.max(0.08, 0.72 - days * 0.06)
}

/** Finds patients of an age who are not busy: each is taken from the list in turn. */
class Turns {
  readonly #byAge = new Map<string, NewPatient[]>()
  readonly #next = new Map<string, number>()
  readonly #patients: readonly NewPatient[]
  readonly #year: number

  constructor(patients: readonly NewPatient[], now: Date) {
    this.#patients = patients
    this.#year = now.getUTCFullYear()
  }

  take(ageFrom: number, ageTo: number): NewPatient | undefined {
    const key = `${ageFrom} ${ageTo}`
    const list = this.#byAge.get(key) ?? this.#fitting(ageFrom, ageTo)
    this.#byAge.set(key, list)
    const next = this.#next.get(key) ?? 0
    this.#next.set(key, next + 1)
    return list[(next * 7) % Math.max(list.length, 1)]
  }

  /** A year inside the limits on both sides, so that nobody's birthday in between matters. */
  #fitting(ageFrom: number, ageTo: number): NewPatient[] {
    return this.#patients.filter((p) => {
      const age = this.#year - Number(p.birthDate.slice(0, 4))
      return age > ageFrom && age < ageTo
    })
  }
}

/**
 * Visits that fill the published times partly; those of the citizens who sign in are left out, theirs are their own to
 * make. Past ones are over. An entry that breaks a rule of booking is left out by `importAppointments`.
 */
export function demoAppointments(
  times: readonly NewTime[],
  timetables: readonly NewTimetable[],
  patients: readonly NewPatient[],
  now: Date,
): NewAppointment[] {
  const chance = new Chance('appointments')
  const byId = new Map(timetables.map((t) => [t.id, t]))
  const turns = new Turns(patients, now)
  const entries: NewAppointment[] = []
  for (const time of times) {
    const timetable = byId.get(time.scheduleId)!
    if (!chance.happens(fullness(time.startsAt, now))) continue
    const patient = turns.take(timetable.ageFrom, timetable.ageTo)
    if (!patient) continue
    const isPast = time.endsAt <= now
    entries.push({
      organizationId: time.organizationId,
      scheduleId: time.scheduleId,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
      seq: 0,
      id: demoId('appointment', time.scheduleId, time.startsAt.toISOString()),
      staffId: timetable.staffId,
      specialtyCode: timetable.specialtyCode,
      roomId: timetable.roomId,
      patientId: patient.id,
      status: isPast ? (chance.happens(0.07) ? 'no-show' : 'fulfilled') : 'booked',
      channel: timetable.channels.includes('portal') && chance.happens(0.6) ? 'portal' : 'registrar',
      createdAt: new Date(Math.min(now.getTime(), time.startsAt.getTime()) - chance.int(1, 6) * DAY),
    })
  }
  return entries
}
