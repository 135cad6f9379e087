import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { previewScheduleEdit as contract } from '../../../contracts/schedule-edits.ts'
import type { FreeSlot, ScheduleEdit } from '../../../contracts/schedules.ts'
import type { Work } from '../../platform/work.ts'
import { roomsByIds, specialtyTitle, staffNamesByIds } from '../organizations/index.ts'
import { ageOf, patientsByIds } from '../patients/index.ts'
import {
  formatSlotRef,
  freeTimesFor,
  planEdit,
  touchedBy,
  versionOf,
  type EditPlan,
  type FreeTime,
} from '../schedules/index.ts'
import { nearestTimes } from './nearest-times.ts'
import { EXPECTED } from './rules.ts'
import { appointmentsByKeys, type AppointmentRow } from './store-appointments.ts'

/**
 * What an edit of the timetable would do: the booked visits it touches, each with the nearest equivalent free times, also
 * those that the edit itself makes. Nothing is written. Throws what `planEdit` throws.
 */
export async function previewScheduleEdit(work: Work, edit: ScheduleEdit): Promise<ReplyOf<typeof contract>> {
  const plan = await planEdit(work, edit)
  const touched = await touchedAppointments(work, plan)
  noteTouched(work, touched)
  return {
    version: versionOf(plan),
    timeZone: plan.zone,
    ...plan.counted,
    visits: await describeTouched(work, plan, touched),
  }
}

/** The touched visits that are still expected, by time. One that has begun or is over keeps its time. */
export async function touchedAppointments(work: Work, plan: EditPlan): Promise<AppointmentRow[]> {
  const { organizationId } = plan
  const rows = await appointmentsByKeys(
    work,
    touchedBy(plan).map((time) => ({ organizationId, id: time.appointmentId })),
  )
  return rows
    .filter((row) => EXPECTED.includes(row.status))
    .sort((a, b) => +a.startsAt - +b.startsAt || (a.id < b.id ? -1 : 1))
}

/** The journal has a row for each patient. */
export function noteTouched(work: Work, touched: readonly AppointmentRow[]): void {
  work.note({
    patientIds: [...new Set(touched.map((row) => row.patientId))],
    grounds: work.actor.role === 'registrar' ? 'registration' : 'duty',
  })
}

async function describeTouched(work: Work, plan: EditPlan, touched: readonly AppointmentRow[]) {
  const patientIds = [...new Set(touched.map((row) => row.patientId))]
  const [patients, ages, offers] = await Promise.all([
    patientsByIds(work, patientIds),
    Promise.all(patientIds.map(async (id) => [id, await ageOf(work, id)] as const)).then((list) => new Map(list)),
    offersFor(work, plan, touched),
  ])
  const near = new Map<string, FreeTime[]>()
  for (const [specialty, times] of offers) {
    const visits = touched.filter((row) => row.specialtyCode === specialty)
    const seekers = visits.map((row) => ({
      startsAt: row.startsAt,
      age: ages.get(row.patientId),
      sex: patients.get(row.patientId)?.sex,
    }))
    nearestTimes(seekers, times).forEach((list, i) => near.set(visits[i]!.id, list))
  }
  const names = await placeNames(work, plan.organizationId, [...touched, ...[...near.values()].flat()])
  return touched.map((row) => ({
    appointmentId: row.id,
    patient: patients.get(row.patientId)!,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    staffId: row.staffId,
    doctorName: names.doctor(row.staffId),
    specialtyTitle: specialtyTitle(row.specialtyCode),
    room: names.room(row.roomId),
    slots: near.get(row.id)!.map((time) => slotOf(plan.organizationId, time, names)),
  }))
}

/** Free times by specialty as they will be after the edit. */
async function offersFor(
  work: Work,
  plan: EditPlan,
  touched: readonly AppointmentRow[],
): Promise<Map<string, FreeTime[]>> {
  const { organizationId } = plan
  const refOf = (time: FreeTime) => formatSlotRef({ ...time, organizationId })
  const leaving = new Set(plan.leaving.map(formatSlotRef))
  const own = new Set(plan.leaving.map((time) => time.specialtyCode))
  const coming = new Set(plan.coming.map(refOf))
  const specialties = [...new Set(touched.map((row) => row.specialtyCode))]
  const lists = await Promise.all(specialties.map((code) => freeTimesFor(work, organizationId, code)))
  return new Map(
    specialties.map((code, i) => {
      const standing = lists[i]!.filter((time) => !leaving.has(refOf(time)) && !coming.has(refOf(time)))
      return [code, own.has(code) ? [...standing, ...plan.coming] : standing]
    }),
  )
}

type PlaceNames = { doctor(id: string): string; room(id: string): string }

async function placeNames(
  work: Work,
  organizationId: string,
  places: readonly { staffId: string; roomId: string }[],
): Promise<PlaceNames> {
  const [staff, rooms] = await Promise.all([
    staffNamesByIds(work, [...new Set(places.map((p) => p.staffId))]),
    roomsByIds(work, organizationId, [...new Set(places.map((p) => p.roomId))]),
  ])
  return { doctor: (id) => staff.get(id)?.name ?? '', room: (id) => rooms.get(id)?.number ?? '' }
}

const slotOf = (organizationId: string, time: FreeTime, names: PlaceNames): FreeSlot => ({
  ref: formatSlotRef({ ...time, organizationId }),
  staffId: time.staffId,
  doctorName: names.doctor(time.staffId),
  room: names.room(time.roomId),
  startsAt: time.startsAt.toISOString(),
  endsAt: time.endsAt.toISOString(),
  kind: time.kind,
  referralNeeded: time.referralNeeded,
})
