import type { PriorityGroup, RuleBody, RuleChannel, RuleKind } from '../../../contracts/booking-rules.ts'
import { addDays, localDay, localTime, minutesLater, weekdayOf } from '../../platform/time.ts'

const DAY = 86_400_000

/** Everything the kinds judge by. Ages are whole years on the day of the visit; days are the organisation's. */
export type Facts = {
  now: Date
  zone: string
  startsAt: Date
  organizationId: string
  specialtyCode: string
  channel: RuleChannel
  age: number
  sex: 'male' | 'female'
  /** Organisation of the live attachment. */
  attachedTo: string | null
  groups: readonly PriorityGroup[]
  /** Somebody who may has referred the patient. */
  referral: boolean
  /** Coming visits of this specialty and live holds, without the wish itself and what gives way to it. */
  coming: number
  holds: number
  /** Beginnings of visits the patient did not come to, in any order. */
  noShows: readonly Date[]
  /** Taken of the doctor's day without the wish itself; undefined: it is not known yet and is judged later. */
  taken: { all: number; byChannel: ReadonlyMap<string | null, number> } | undefined
}

/** Why a rule refuses, for people, and what to do instead. */
export type Refusal = { detail: string; advice: string }
type ParametersOf<K extends RuleKind> = Extract<RuleBody, { kind: K }>['parameters']
type Kind<K extends RuleKind> = (
  parameters: ParametersOf<K>,
  facts: Facts,
  channels: readonly RuleChannel[],
) => Refusal | undefined

const anotherTime = 'Выберите другое время.'
const dayWords = (day: string): string => day.split('-').reverse().join('.')
const momentWords = (at: Date, zone: string): string => `${dayWords(localDay(at, zone))} в ${localTime(at, zone)}`

const plural = (n: number, [one, few, many]: readonly [string, string, string]): string => {
  const [last, tens] = [n % 10, n % 100]
  const word = last === 1 && tens !== 11 ? one : last >= 2 && last <= 4 && (tens < 12 || tens > 14) ? few : many
  return `${n} ${word}`
}
const daysWords = (n: number) => plural(n, ['день', 'дня', 'дней'])
const yearsWords = (n: number) => plural(n, ['год', 'года', 'лет'])

function noticeWords(minutes: number): string {
  if (minutes % 1440 === 0) return plural(minutes / 1440, ['сутки', 'суток', 'суток'])
  return minutes % 60 === 0
    ? plural(minutes / 60, ['час', 'часа', 'часов'])
    : plural(minutes, ['минуту', 'минуты', 'минут'])
}

const age: Kind<'age'> = ({ from, to }, facts) => {
  if (facts.age >= from && facts.age <= to) return undefined
  const whom =
    to >= 150 ? `от ${yearsWordsGenitive(from)}` : from === 0 ? `до ${to} лет включительно` : `${from}–${to} лет`
  return {
    detail: `Здесь принимают пациентов ${whom}, а в день приёма пациенту ${yearsWords(facts.age)}.`,
    advice: facts.age < from ? 'Выберите детского врача.' : 'Выберите врача для взрослых.',
  }
}
const yearsWordsGenitive = (n: number) => plural(n, ['года', 'лет', 'лет'])

const sex: Kind<'sex'> = (parameters, facts) =>
  facts.sex === parameters.sex
    ? undefined
    : {
        detail: `Этот врач принимает только ${parameters.sex === 'female' ? 'женщин' : 'мужчин'}.`,
        advice: 'Выберите другую специальность.',
      }

const attachment: Kind<'attachment'> = ({ attachedNowhere }, facts) => {
  if (facts.attachedTo === facts.organizationId) return undefined
  if (facts.attachedTo === null && attachedNowhere === 'allowed') return undefined
  return {
    detail:
      facts.attachedTo === null
        ? 'Пациент никуда не прикреплён, а здесь принимают только прикреплённых.'
        : 'Пациент прикреплён к другой организации.',
    advice: 'Выберите свою поликлинику или прикрепитесь к этой: заявление принимает регистратура.',
  }
}

const referral: Kind<'referral'> = (_none, facts) =>
  facts.referral || facts.channel === 'doctor'
    ? undefined
    : {
        detail: 'К этому врачу записывают по направлению.',
        advice:
          'Запишитесь к терапевту или педиатру: он запишет сам. С готовым направлением обратитесь в регистратуру.',
      }

const visitsPerSpecialty: Kind<'visits-per-specialty'> = ({ most }, facts) =>
  facts.coming < most
    ? undefined
    : {
        detail: `К врачу одной специальности можно иметь не больше ${plural(most, ['записи', 'записей', 'записей'])} сразу.`,
        advice: 'Перенесите или отмените прежнюю запись.',
      }

const dailyLoad: Kind<'daily-load'> = ({ most }, { taken }) =>
  taken === undefined || taken.all < most
    ? undefined
    : {
        detail: `У врача на этот день уже ${plural(most, ['запись', 'записи', 'записей'])}: больше за день не принимают.`,
        advice: 'Выберите другой день или другого врача.',
      }

const channelQuota: Kind<'channel-quota'> = ({ most }, facts, channels) => {
  const { taken } = facts
  if (taken === undefined) return undefined
  const counted = channels.length === 0 ? [...taken.byChannel.keys()] : channels
  const used = counted.reduce((sum, channel) => sum + (taken.byChannel.get(channel) ?? 0), 0)
  if (used < most) return undefined
  return {
    detail: `На этот день таким способом к врачу записывают не больше ${plural(most, ['человека', 'человек', 'человек'])}, и все места заняты.`,
    advice:
      facts.channel === 'portal'
        ? 'Выберите другой день или позвоните в регистратуру.'
        : 'Выберите другой день или другого врача.',
  }
}

const groupWords: Readonly<Record<PriorityGroup, string>> = {
  veteran: 'ветераны',
  disabled: 'люди с инвалидностью',
  pregnant: 'беременные',
  infant: 'дети до года',
  elder: 'люди от 65 лет',
}

const priorityHours: Kind<'priority-hours'> = (p, facts) => {
  const time = localTime(facts.startsAt, facts.zone)
  const weekday = weekdayOf(localDay(facts.startsAt, facts.zone))
  if (!p.weekdays.includes(weekday) || time < p.from || time >= p.until) return undefined
  if (facts.groups.some((group) => p.groups.includes(group))) return undefined
  const released = minutesLater(facts.startsAt, -60 * p.releasedHoursBefore)
  if (facts.now >= released) return undefined
  return {
    detail: `На это время первыми записываются ${p.groups.map((group) => groupWords[group]).join(', ')}.`,
    advice:
      p.releasedHoursBefore > 0
        ? `Для всех оно откроется ${momentWords(released, facts.zone)}, если останется свободным.`
        : anotherTime,
  }
}

/** The newest run of `noShows` misses that lie within `withinDays` decides: booking opens so many days after its last one. */
const coolDown: Kind<'cool-down'> = ({ noShows, withinDays, closedDays }, facts) => {
  const missed = facts.noShows.filter((at) => at <= facts.now).sort((a, b) => +b - +a)
  const last = missed.find((at, i) => {
    const first = missed[i + noShows - 1]
    return first !== undefined && +at - +first <= withinDays * DAY
  })
  if (!last) return undefined
  const opens = new Date(+last + closedDays * DAY)
  if (facts.now >= opens) return undefined
  return {
    detail: `За ${daysWords(withinDays)} пациент не пришёл на приём ${plural(noShows, ['раз', 'раза', 'раз'])}, и запись закрыта до ${momentWords(opens, facts.zone)}.`,
    advice: 'Если приём нужен раньше, позвоните в регистратуру. Когда не можете прийти, отменяйте запись заранее.',
  }
}

const minimumNotice: Kind<'minimum-notice'> = ({ minutes }, facts) =>
  minutesLater(facts.now, minutes) <= facts.startsAt
    ? undefined
    : {
        detail: `Записаться можно не позже чем за ${noticeWords(minutes)} до приёма.`,
        advice: 'Выберите время позже или позвоните в регистратуру.',
      }

const horizon: Kind<'horizon'> = ({ days }, facts) => {
  const day = localDay(facts.startsAt, facts.zone)
  if (day <= addDays(localDay(facts.now, facts.zone), days - 1)) return undefined
  return {
    detail: `Записаться можно на ${daysWords(days)} вперёд, считая сегодня.`,
    advice: `Этот день откроется ${dayWords(addDays(day, 1 - days))}.`,
  }
}

const holdsAtOnce: Kind<'holds-at-once'> = ({ most }, facts) =>
  facts.holds < most
    ? undefined
    : {
        detail: `Сразу можно выбирать не больше ${plural(most, ['времени', 'времён', 'времён'])}.`,
        advice: 'Подтвердите то, что уже выбрано, или откажитесь от него.',
      }

/** The known kinds of rules: each says why it refuses, or undefined when it passes. */
const kinds: { [K in RuleKind]: Kind<K> } = {
  age,
  sex,
  attachment,
  referral,
  'visits-per-specialty': visitsPerSpecialty,
  'daily-load': dailyLoad,
  'channel-quota': channelQuota,
  'priority-hours': priorityHours,
  'cool-down': coolDown,
  'minimum-notice': minimumNotice,
  horizon,
  'holds-at-once': holdsAtOnce,
}

/** What a rule's kind says of the facts; undefined: it passes. `channels` are those the rule is about, none: all. */
export const judgeKind = (
  { kind, parameters }: RuleBody,
  facts: Facts,
  channels: readonly RuleChannel[],
): Refusal | undefined => (kinds[kind] as Kind<RuleKind>)(parameters as never, facts, channels)
