import type { InputOf } from '../../../contracts/endpoint.ts'
import { isPlainDate } from '../../../contracts/formats.ts'
import type { createSchedule, Schedule } from '../../../contracts/schedules.ts'
import { hoursFlaws, type Hours } from './weekly-hours.ts'

/** A timetable as typed: numbers and days are text until they are sent. */
export type TimetableForm = {
  roomId: string
  slotMinutes: string
  channels: Schedule['channels']
  ageFrom: string
  ageTo: string
  validFrom: string
  validUntil: string
  hours: Hours[]
}

/** A week as most doctors have it, to be changed. */
export const newTimetable = (today: string): TimetableForm => ({
  roomId: '',
  slotMinutes: '15',
  channels: ['portal', 'registrar', 'doctor'],
  ageFrom: '0',
  ageTo: '150',
  validFrom: today,
  validUntil: '',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '08:00', ends: '14:00' })),
})

type Flaws = { fields: Record<string, string>; hours: Record<number, string>; any: boolean }

const isWithin = (text: string, from: number, to: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= from && Number(text) <= to

/** What is wrong with a timetable as typed. The server checks again, and other timetables of the doctor and the room. */
export function flawsOf(form: TimetableForm, today: string): Flaws {
  const fields: Record<string, string> = {}
  if (!form.roomId) fields['roomId'] = 'Выберите кабинет'
  if (!isWithin(form.slotMinutes, 5, 240)) fields['slotMinutes'] = 'От 5 до 240 минут'
  if (!isWithin(form.ageFrom, 0, 150)) fields['ageFrom'] = 'От 0 до 150'
  if (!isWithin(form.ageTo, 0, 150)) fields['ageTo'] = 'От 0 до 150'
  else if (Number(form.ageTo) < Number(form.ageFrom)) fields['ageTo'] = 'Не меньше нижнего возраста'
  if (!isPlainDate(form.validFrom)) fields['validFrom'] = 'Введите день'
  if (form.validUntil && form.validUntil < form.validFrom) fields['validUntil'] = 'Раньше, чем начинается'
  else if (form.validUntil && form.validUntil < today) fields['validUntil'] = 'Этот день уже прошёл'
  if (form.channels.length === 0) fields['channels'] = 'Выберите, кто записывает'
  if (form.hours.length === 0) fields['hours'] = 'Укажите часы хотя бы одного дня'
  const hours = hoursFlaws(form.hours, Number(form.slotMinutes) || 0)
  return { fields, hours, any: Object.keys(fields).length > 0 || Object.keys(hours).length > 0 }
}

type Doctor = { staffId: string; specialtyCode: string }

/** A timetable without flaws as the server takes it. */
export const bodyOf = (form: TimetableForm, doctor: Doctor): InputOf<typeof createSchedule>['body'] => ({
  ...doctor,
  roomId: form.roomId,
  channels: form.channels,
  slotMinutes: Number(form.slotMinutes),
  ageFrom: Number(form.ageFrom),
  ageTo: Number(form.ageTo),
  validFrom: form.validFrom,
  validUntil: form.validUntil || null,
  hours: form.hours,
})
