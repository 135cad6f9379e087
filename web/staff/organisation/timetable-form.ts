import type { InputOf } from '../../../contracts/endpoint.ts'
import { isPlainDate } from '../../../contracts/formats.ts'
import type { createSchedule, Schedule, VisitKind } from '../../../contracts/schedules.ts'
import { templateFlaws, type Break, type Template } from '../../../contracts/timetable-pattern.ts'
import { addDays, weekdayOf } from '../../ui/dates.ts'
import type { Hours } from './weekly-hours.ts'

type Channels = Schedule['channels']

/** A timetable as typed: numbers and days are text until they are sent. */
export type TimetableForm = {
  roomId: string
  slotMinutes: string
  /** By kind of visit; empty: as `slotMinutes` says. */
  lengths: Partial<Record<VisitKind, string>>
  channels: Channels
  quotas: { channel: Channels[number]; share: string }[]
  quotaHours: string
  ageFrom: string
  ageTo: string
  sex: '' | 'male' | 'female'
  attachedOnly: boolean
  referralNeeded: boolean
  worksOnHolidays: boolean
  validFrom: string
  validUntil: string
  cycle: { days: string; from: string } | null
  hours: Hours[]
  breaks: Break[]
  daysOff: string[]
}

/** A week as most doctors have it, to be changed. */
export const newTimetable = (today: string): TimetableForm => ({
  roomId: '',
  slotMinutes: '15',
  lengths: {},
  channels: ['portal', 'registrar', 'doctor'],
  quotas: [],
  quotaHours: '24',
  ageFrom: '0',
  ageTo: '150',
  sex: '',
  attachedOnly: false,
  referralNeeded: false,
  worksOnHolidays: false,
  validFrom: today,
  validUntil: '',
  cycle: null,
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '08:00', ends: '14:00' })),
  breaks: [],
  daysOff: [],
})

/** Ways of repeating that have a name: how long the cycle is, and which of its days are worked. */
export const rhythms = {
  weekly: { label: 'По дням недели', days: 0, worked: [], starts: '08:00', ends: '14:00' },
  'two-by-two': { label: '2 через 2', days: 4, worked: [1, 2], starts: '08:00', ends: '20:00' },
  'one-in-four': { label: 'Сутки через трое (дневной приём)', days: 4, worked: [1], starts: '08:00', ends: '20:00' },
  'every-other': { label: 'Через день', days: 2, worked: [1], starts: '08:00', ends: '14:00' },
  fortnight: {
    label: 'Две разные недели',
    days: 14,
    worked: [1, 2, 3, 4, 5, 8, 9, 10, 11, 12],
    starts: '08:00',
    ends: '14:00',
  },
  own: { label: 'Свой цикл', days: 3, worked: [1], starts: '08:00', ends: '14:00' },
} as const
export type Rhythm = keyof typeof rhythms

/** How a timetable repeats, by its name. */
export function rhythmOf({ cycle, hours }: Pick<TimetableForm, 'cycle' | 'hours'>): Rhythm {
  if (!cycle) return 'weekly'
  const worked = [...new Set(hours.flatMap((h) => h.cycleDay ?? []))].sort((a, b) => a - b)
  const named = (['two-by-two', 'one-in-four', 'every-other', 'fortnight'] as const).find(
    (name) => rhythms[name].days === Number(cycle.days) && rhythms[name].worked.join() === worked.join(),
  )
  return named ?? 'own'
}

/** Another way of repeating, with hours to begin from; hours of single dates stay. A cycle of two weeks begins on Monday. */
export function withRhythm(form: TimetableForm, rhythm: Rhythm, monday: string): TimetableForm {
  const dated = form.hours.filter((h) => h.date !== undefined)
  const { days, worked, starts, ends } = rhythms[rhythm]
  if (rhythm === 'weekly')
    return {
      ...form,
      cycle: null,
      hours: [...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts, ends })), ...dated],
    }
  const from = rhythm === 'fortnight' ? monday : form.validFrom
  return {
    ...form,
    cycle: { days: String(days), from },
    hours: [...worked.map((cycleDay) => ({ cycleDay, starts, ends })), ...dated],
  }
}

const isWithin = (text: string, from: number, to: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= from && Number(text) <= to

const cycleOf = ({ cycle }: TimetableForm): Schedule['cycle'] => cycle && { days: Number(cycle.days), from: cycle.from }

const lengthsOf = ({ lengths }: TimetableForm): Schedule['lengths'] =>
  Object.fromEntries(Object.entries(lengths).flatMap(([kind, text]) => (text ? [[kind, Number(text)]] : [])))

/** The hours as they would repeat, as far as what is typed can be understood: for the drawing of the coming weeks. */
export const templateOf = (form: TimetableForm): Template => ({
  slotMinutes: Number(form.slotMinutes) || 0,
  lengths: lengthsOf(form),
  validFrom: form.validFrom,
  validUntil: form.validUntil || null,
  hours: form.hours.filter((h) => h.starts < h.ends && h.date !== ''),
  breaks: form.breaks.filter((pause) => pause.starts < pause.ends),
  cycle: isGoodCycle(form) ? cycleOf(form) : null,
  daysOff: form.daysOff,
})

const isGoodCycle = ({ cycle }: TimetableForm) =>
  cycle === null || (isWithin(cycle.days, 2, 60) && isPlainDate(cycle.from))

type Flaws = { fields: Record<string, string>; any: boolean }

/**
 * What is wrong with a timetable as typed, by the path the server would name. The server checks again, and other
 * timetables of the doctor and the room.
 */
export function flawsOf(form: TimetableForm, today: string): Flaws {
  const fields: Record<string, string> = {}
  const whole = { ...bodyOf(form, { staffId: '', specialtyCode: '' }) }
  for (const { path, message } of templateFlaws(whole)) fields[path] ??= message
  for (const [path, message] of typedFlaws(form, today)) fields[path] = message
  return { fields, any: Object.keys(fields).length > 0 }
}

function typedFlaws(form: TimetableForm, today: string): (readonly [string, string])[] {
  const empty = (list: readonly Break[], name: string) =>
    list.flatMap((h, i) => (h.starts && h.ends ? [] : [[`${name}.${i}.ends`, 'Введите начало и конец'] as const]))
  const number = (path: string, text: string, from: number, to: number, words: string) =>
    isWithin(text, from, to) ? [] : [[path, words] as const]
  const { cycle } = form
  return [
    ...(form.roomId ? [] : [['roomId', 'Выберите кабинет'] as const]),
    ...number('slotMinutes', form.slotMinutes, 5, 240, 'От 5 до 240 минут'),
    ...Object.entries(form.lengths).flatMap(([kind, text]) =>
      text ? number(`lengths.${kind}`, text, 5, 240, 'От 5 до 240 минут') : [],
    ),
    ...number('ageFrom', form.ageFrom, 0, 150, 'От 0 до 150'),
    ...number('ageTo', form.ageTo, 0, 150, 'От 0 до 150'),
    ...form.quotas.flatMap((q, i) => number(`quotas.${i}.share`, q.share, 1, 100, 'От 1 до 100 %')),
    ...(form.quotas.length > 0 ? number('quotaHours', form.quotaHours, 0, 720, 'От 0 до 720 часов') : []),
    ...(cycle ? number('cycle.days', cycle.days, 2, 60, 'От 2 до 60 дней') : []),
    ...(cycle && !isPlainDate(cycle.from) ? [['cycle.from', 'Введите день'] as const] : []),
    ...(isPlainDate(form.validFrom) ? [] : [['validFrom', 'Введите день'] as const]),
    ...(form.validUntil && form.validUntil >= form.validFrom && form.validUntil < today
      ? [['validUntil', 'Этот день уже прошёл'] as const]
      : []),
    ...(form.channels.length === 0 ? [['channels', 'Выберите, кто записывает'] as const] : []),
    ...(form.hours.length === 0 ? [['hours', 'Укажите часы хотя бы одного дня'] as const] : []),
    ...form.hours.flatMap((h, i) => (h.date === '' ? [[`hours.${i}.date`, 'Введите день'] as const] : [])),
    ...empty(form.hours, 'hours'),
    ...empty(form.breaks, 'breaks'),
    ...form.daysOff.flatMap((day, i) => (isPlainDate(day) ? [] : [[`daysOff.${i}`, 'Введите день'] as const])),
  ]
}

type Doctor = { staffId: string; specialtyCode: string }

/** A timetable without flaws as the server takes it. */
export const bodyOf = (form: TimetableForm, doctor: Doctor): InputOf<typeof createSchedule>['body'] => ({
  ...doctor,
  roomId: form.roomId,
  channels: form.channels,
  slotMinutes: Number(form.slotMinutes),
  lengths: lengthsOf(form),
  ageFrom: Number(form.ageFrom),
  ageTo: Number(form.ageTo),
  sex: form.sex || null,
  attachedOnly: form.attachedOnly,
  referralNeeded: form.referralNeeded,
  worksOnHolidays: form.worksOnHolidays,
  quotas: form.quotas.map(({ channel, share }) => ({ channel, share: Number(share) })),
  quotaHours: Number(form.quotaHours),
  validFrom: form.validFrom,
  validUntil: form.validUntil || null,
  cycle: cycleOf(form),
  hours: form.hours,
  breaks: form.breaks,
  daysOff: [...new Set(form.daysOff)],
})

/** The Monday on which the week of a day begins. */
export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day))
