import type { Absence } from '../../../contracts/schedules.ts'

export const kindWords: Record<Absence['kind'], string> = {
  vacation: 'Отпуск',
  'sick-leave': 'Больничный',
  training: 'Учёба',
  other: 'Другая причина',
  'room-closed': 'Кабинет закрыт',
  'organization-closed': 'Организация закрыта',
}

/** Who or what is away: a doctor's name, «Кабинет 12», «Вся организация». */
export const absenceTitle = (absence: Absence): string =>
  absence.staffName ?? (absence.room === null ? 'Вся организация' : `Кабинет ${absence.room}`)
