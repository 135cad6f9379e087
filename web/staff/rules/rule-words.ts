import type { PriorityGroup, RuleBody, RuleChannel, RuleKind } from '../../../contracts/booking-rules.ts'
import { count } from '../../ui/index.ts'

/** Kinds of rules in the order they are offered for choice. */
export const kinds: readonly { kind: RuleKind; title: string; about: string }[] = [
  { kind: 'age', title: 'Возраст', about: 'Кого по возрасту принимает врач' },
  { kind: 'sex', title: 'Пол', about: 'Врач принимает только женщин или только мужчин' },
  { kind: 'attachment', title: 'Прикрепление', about: 'Записываются только прикреплённые к организации' },
  { kind: 'referral', title: 'Направление', about: 'К врачу записывают по направлению' },
  { kind: 'visits-per-specialty', title: 'Записи к одной специальности', about: 'Сколько будущих записей можно иметь' },
  { kind: 'daily-load', title: 'Нагрузка врача', about: 'Сколько пациентов у врача за день' },
  { kind: 'channel-quota', title: 'Квота способа записи', about: 'Сколько мест за день отдано этому способу' },
  { kind: 'priority-hours', title: 'Время для льготных категорий', about: 'Часы, которые сначала предлагают им' },
  { kind: 'cool-down', title: 'Пауза после неявок', about: 'Не приходил несколько раз — запись закрыта на срок' },
  { kind: 'minimum-notice', title: 'Не позже чем за', about: 'За сколько до приёма запись прекращается' },
  { kind: 'horizon', title: 'На сколько вперёд', about: 'На сколько дней вперёд можно записаться' },
  { kind: 'holds-at-once', title: 'Выбрано сразу', about: 'Сколько времён один человек держит, пока подтверждает' },
]

export const kindTitle = (kind: string): string => kinds.find((k) => k.kind === kind)?.title ?? kind

export const channelOptions: readonly { value: RuleChannel; label: string }[] = [
  { value: 'portal', label: 'Пациенты сами' },
  { value: 'registrar', label: 'Регистратура' },
  { value: 'doctor', label: 'Врач' },
  { value: 'call-centre', label: 'Колл-центр' },
  { value: 'system', label: 'Другие системы' },
]
const channelTitle = (channel: RuleChannel): string =>
  channelOptions.find((c) => c.value === channel)?.label.toLowerCase() ?? channel

export const groupOptions: readonly { value: PriorityGroup; label: string }[] = [
  { value: 'veteran', label: 'Ветераны' },
  { value: 'disabled', label: 'Люди с инвалидностью' },
  { value: 'pregnant', label: 'Беременные' },
  { value: 'infant', label: 'Дети до года' },
  { value: 'elder', label: 'Люди от 65 лет' },
]

export const weekdayOptions: readonly { value: string; label: string }[] = [
  'пн',
  'вт',
  'ср',
  'чт',
  'пт',
  'сб',
  'вс',
].map((label, i) => ({ value: String(i + 1), label }))

const days = ['день', 'дня', 'дней'] as const
const people = ['человека', 'человек', 'человек'] as const

/** What a rule demands, in one line. */
export function demandWords(body: RuleBody): string {
  const p = body.parameters
  switch (body.kind) {
    case 'age':
      return agesWords(body.parameters)
    case 'sex':
      return body.parameters.sex === 'female' ? 'Только женщины' : 'Только мужчины'
    case 'attachment':
      return body.parameters.attachedNowhere === 'allowed'
        ? 'Прикреплённые здесь и те, кто ещё нигде не прикреплён'
        : 'Только прикреплённые здесь'
    case 'referral':
      return 'Нужно направление'
    case 'visits-per-specialty':
      return `Не больше ${count(body.parameters.most, ['записи', 'записей', 'записей'])} к одной специальности`
    case 'daily-load':
      return `Не больше ${count(body.parameters.most, people)} у врача за день`
    case 'channel-quota':
      return `Не больше ${count(body.parameters.most, people)} к врачу за день этим способом`
    case 'priority-hours':
      return priorityWords(body.parameters)
    case 'cool-down':
      return `Пауза ${count(body.parameters.closedDays, days)} после ${count(body.parameters.noShows, ['неявки', 'неявок', 'неявок'])} за ${count(body.parameters.withinDays, days)}`
    case 'minimum-notice':
      return `Не позже чем за ${count(body.parameters.minutes, ['минуту', 'минуты', 'минут'])} до приёма`
    case 'horizon':
      return `На ${count(body.parameters.days, days)} вперёд, считая сегодня`
    case 'holds-at-once':
      return `Не больше ${count(body.parameters.most, ['времени', 'времён', 'времён'])} сразу`
    default:
      return JSON.stringify(p)
  }
}

function agesWords({ from, to }: { from: number; to: number }): string {
  if (to >= 150) return `От ${count(from, ['года', 'лет', 'лет'])}`
  return from === 0 ? `До ${count(to, ['года', 'лет', 'лет'])} включительно` : `${from}–${to} лет`
}

function priorityWords(p: Extract<RuleBody, { kind: 'priority-hours' }>['parameters']): string {
  const who = p.groups.map((g) => groupOptions.find((o) => o.value === g)?.label.toLowerCase()).join(', ')
  const when = p.weekdays.map((d) => weekdayOptions[d - 1]?.label).join(', ')
  return `${when} ${p.from}–${p.until}: сначала ${who}; для всех за ${count(p.releasedHoursBefore, ['час', 'часа', 'часов'])}`
}

type Scope = { organizationIds: readonly string[]; specialtyCodes: readonly string[]; channels: readonly RuleChannel[] }
export type Names = { specialties: ReadonlyMap<string, string>; organizations: ReadonlyMap<string, string> }

/** Whom a rule concerns, in one line. */
export function scopeWords(scope: Scope, names: Names): string {
  const parts = [
    listWords(scope.specialtyCodes.map((code) => names.specialties.get(code) ?? code)),
    listWords(scope.organizationIds.map((id) => names.organizations.get(id) ?? 'неизвестная организация')),
    scope.channels.length > 0 && `записывают: ${scope.channels.map(channelTitle).join(', ')}`,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join('; ') : 'Все врачи, организации и способы записи'
}

const SHOWN = 3
const listWords = (items: readonly string[]): string =>
  items.length <= SHOWN + 1 ? items.join(', ') : `${items.slice(0, SHOWN).join(', ')} и ещё ${items.length - SHOWN}`
