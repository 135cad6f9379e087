import type { Absence, ScheduleEdit } from '../../../contracts/schedules.ts'
import { newActionKey } from '../../api/index.ts'

/** An absence as typed; what is not given is empty. */
export type AbsenceForm = {
  /** Sent again it is the same absence. */
  id: string
  kind: Absence['kind']
  staffId: string
  substituteId: string
  roomId: string
  from: string
  until: string
  fromTime: string
  untilTime: string
}

/** The key of an action with the dashes of a UUID, which old browsers leave out. */
const newUuid = (): string => newActionKey().replace(/^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/, '$1-$2-$3-$4-$5')

export const newAbsence = (today: string): AbsenceForm => ({
  id: newUuid(),
  kind: 'vacation',
  staffId: '',
  substituteId: '',
  roomId: '',
  from: today,
  until: today,
  fromTime: '',
  untilTime: '',
})

/** What is wrong with it as typed; the server checks again. */
export function absenceFlaws(form: AbsenceForm): Record<string, string> {
  const ofDoctor = form.kind !== 'room-closed' && form.kind !== 'organization-closed'
  return {
    ...(ofDoctor && !form.staffId && { staffId: 'Выберите врача' }),
    ...(form.kind === 'room-closed' && !form.roomId && { roomId: 'Выберите кабинет' }),
    ...(!form.from && { from: 'Введите день' }),
    ...(!form.until ? { until: 'Введите день' } : form.until < form.from && { until: 'Последний день раньше первого' }),
  }
}

/** An absence without flaws as the server takes it. */
export function absenceOf(form: AbsenceForm): ScheduleEdit {
  const { id, kind, from, until } = form
  const when = { id, from, until, fromTime: form.fromTime || null, untilTime: form.untilTime || null }
  if (kind === 'organization-closed') return { kind, ...when }
  if (kind === 'room-closed') return { kind, ...when, roomId: form.roomId }
  return { kind, ...when, staffId: form.staffId, substituteId: form.substituteId || null }
}
