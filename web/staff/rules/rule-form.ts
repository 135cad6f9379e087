import type { PriorityGroup, RuleBody, RuleChannel, RuleDecision, RuleKind } from '../../../contracts/booking-rules.ts'
import { isPlainDate } from '../../../contracts/formats.ts'

/** A rule as typed: numbers and moments are text until they are sent. `numbers` and `times` hold the kind's parameters. */
export type RuleForm = {
  kind: RuleKind
  name: string
  legalSource: string
  validFrom: string
  validUntil: string
  order: string
  overridable: boolean
  organizationIds: readonly string[]
  specialtyCodes: readonly string[]
  channels: readonly RuleChannel[]
  numbers: Readonly<Record<string, string>>
  sex: 'male' | 'female'
  attachedNowhere: 'allowed' | 'refused'
  groups: readonly PriorityGroup[]
  weekdays: readonly string[]
  from: string
  until: string
  /** Local day and time from which it is in force; empty: at once. */
  takesEffect: string
  reason: string
}

/** Numbers that each kind asks for: label, bounds, and what stands there first. */
export const numbersOf: Readonly<Record<RuleKind, readonly NumberField[]>> = {
  age: [
    { name: 'from', label: 'От, лет', min: 0, max: 150, first: 18 },
    { name: 'to', label: 'До, лет включительно', min: 0, max: 150, first: 150, hint: '150 — без ограничения' },
  ],
  sex: [],
  attachment: [],
  referral: [],
  'visits-per-specialty': [{ name: 'most', label: 'Записей, не больше', min: 1, max: 10, first: 2 }],
  'daily-load': [{ name: 'most', label: 'Пациентов за день, не больше', min: 1, max: 200, first: 30 }],
  'channel-quota': [{ name: 'most', label: 'Мест за день, не больше', min: 1, max: 200, first: 15 }],
  'priority-hours': [
    {
      name: 'releasedHoursBefore',
      label: 'Открыть для всех за, часов',
      min: 0,
      max: 336,
      first: 24,
      hint: '0 — не открывать',
    },
  ],
  'cool-down': [
    { name: 'noShows', label: 'Неявок', min: 1, max: 20, first: 3 },
    { name: 'withinDays', label: 'За сколько дней', min: 1, max: 365, first: 90 },
    { name: 'closedDays', label: 'Запись закрыта, дней', min: 1, max: 365, first: 14 },
  ],
  'minimum-notice': [{ name: 'minutes', label: 'Минут до приёма', min: 1, max: 20_160, first: 60 }],
  horizon: [{ name: 'days', label: 'Дней вперёд, считая сегодня', min: 1, max: 365, first: 14 }],
  'holds-at-once': [{ name: 'most', label: 'Времён сразу, не больше', min: 1, max: 10, first: 2 }],
}
export type NumberField = { name: string; label: string; min: number; max: number; first: number; hint?: string }

const firstNumbers = (kind: RuleKind): Record<string, string> =>
  Object.fromEntries(numbersOf[kind].map(({ name, first }) => [name, String(first)]))

/** A rule that is not made yet. */
export const newForm = (kind: RuleKind, today: string): RuleForm => ({
  kind,
  name: '',
  legalSource: 'правило региона',
  validFrom: today,
  validUntil: '',
  order: '100',
  overridable: false,
  organizationIds: [],
  specialtyCodes: [],
  channels: [],
  numbers: firstNumbers(kind),
  sex: 'female',
  attachedNowhere: 'allowed',
  groups: ['veteran'],
  weekdays: ['1', '2', '3', '4', '5'],
  from: '08:00',
  until: '09:00',
  takesEffect: '',
  reason: '',
})

/** A rule as it stands, to be changed. */
export function formOf(rule: RuleDecision): RuleForm {
  const { body, order, validUntil, ...rest } = rule
  const given = body.parameters as Record<string, unknown>
  const blank = newForm(body.kind, rule.validFrom)
  return {
    ...blank,
    name: rest.name,
    legalSource: rest.legalSource,
    validFrom: rest.validFrom,
    overridable: rest.overridable,
    organizationIds: rest.organizationIds,
    specialtyCodes: rest.specialtyCodes,
    channels: rest.channels,
    order: String(order),
    validUntil: validUntil ?? '',
    numbers: Object.fromEntries(numbersOf[body.kind].map(({ name }) => [name, String(given[name])])),
    ...(body.kind === 'sex' && { sex: body.parameters.sex }),
    ...(body.kind === 'attachment' && { attachedNowhere: body.parameters.attachedNowhere }),
    ...(body.kind === 'priority-hours' && {
      groups: body.parameters.groups,
      weekdays: body.parameters.weekdays.map(String),
      from: body.parameters.from,
      until: body.parameters.until,
    }),
  }
}

const isWithin = (text: string, min: number, max: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max

/** What is wrong with a rule as typed, by field. The server checks again. */
export function flawsOf(form: RuleForm): Record<string, string> {
  const flaws: Record<string, string> = {}
  if (!form.name.trim()) flaws['name'] = 'Назовите правило так, чтобы поняли люди'
  if (!form.legalSource.trim()) flaws['legalSource'] = 'Укажите приказ и пункт или «правило региона»'
  if (!isPlainDate(form.validFrom)) flaws['validFrom'] = 'Введите день'
  if (form.validUntil && form.validUntil < form.validFrom) flaws['validUntil'] = 'Раньше, чем начинается'
  if (!isWithin(form.order, 0, 9999)) flaws['order'] = 'От 0 до 9999'
  if (!form.reason.trim()) flaws['reason'] = 'Напишите, почему меняется правило: это останется в истории'
  for (const { name, min, max } of numbersOf[form.kind])
    if (!isWithin(form.numbers[name] ?? '', min, max)) flaws[`body.parameters.${name}`] = `От ${min} до ${max}`
  if (form.kind === 'age' && Number(form.numbers['to']) < Number(form.numbers['from']))
    flaws['body.parameters.to'] ??= 'Не меньше нижнего возраста'
  if (form.kind === 'priority-hours') {
    if (form.groups.length === 0) flaws['body.parameters.groups'] = 'Выберите хотя бы одну категорию'
    if (form.weekdays.length === 0) flaws['body.parameters.weekdays'] = 'Выберите хотя бы один день'
    if (!form.from || form.until <= form.from) flaws['body.parameters.until'] = 'Конец должен быть позже начала'
  }
  return flaws
}

function bodyOf(form: RuleForm): RuleBody {
  const number = (name: string) => Number(form.numbers[name])
  const numbers = Object.fromEntries(numbersOf[form.kind].map(({ name }) => [name, number(name)]))
  const others: Partial<Record<RuleKind, object>> = {
    sex: { sex: form.sex },
    attachment: { attachedNowhere: form.attachedNowhere },
    'priority-hours': { groups: form.groups, weekdays: form.weekdays.map(Number), from: form.from, until: form.until },
  }
  return { kind: form.kind, parameters: { ...numbers, ...others[form.kind] } } as RuleBody
}

/** A rule without flaws as the server takes it. The moment was typed by the clock of this device. */
export const decisionOf = (form: RuleForm): RuleDecision & { takesEffectAt: string | null; reason: string } => ({
  name: form.name.trim(),
  legalSource: form.legalSource.trim(),
  validFrom: form.validFrom,
  validUntil: form.validUntil || null,
  order: Number(form.order),
  overridable: form.overridable,
  organizationIds: [...form.organizationIds],
  specialtyCodes: [...form.specialtyCodes],
  channels: [...form.channels],
  body: bodyOf(form),
  takesEffectAt: form.takesEffect ? new Date(form.takesEffect).toISOString() : null,
  reason: form.reason.trim(),
})
