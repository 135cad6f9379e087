import { describe, expect, it } from 'vitest'
import type { RuleBody, RuleChannel } from '../../../contracts/booking-rules.ts'
import { judgeKind, type Facts } from './rule-kinds.ts'

/** Monday 2 March 2026, 09:00 in Moscow; the visit is on Tuesday at 10:00 there. */
const facts: Facts = {
  now: new Date('2026-03-02T06:00:00Z'),
  zone: 'Europe/Moscow',
  startsAt: new Date('2026-03-03T07:00:00Z'),
  organizationId: 'here',
  specialtyCode: '27',
  channel: 'portal',
  age: 40,
  sex: 'female',
  attachedTo: 'here',
  groups: [],
  referral: false,
  coming: 0,
  holds: 0,
  noShows: [],
  taken: undefined,
}
const daysAgo = (days: number) => new Date(+facts.now - days * 86_400_000)
const taken = (byChannel: Record<string, number>): Facts['taken'] => ({
  all: Object.values(byChannel).reduce((sum, n) => sum + n, 0),
  byChannel: new Map(Object.entries(byChannel)),
})
const priority: RuleBody = {
  kind: 'priority-hours',
  parameters: { groups: ['veteran'], weekdays: [2], from: '10:00', until: '11:00', releasedHoursBefore: 12 },
}
const coolDown: RuleBody = { kind: 'cool-down', parameters: { noShows: 2, withinDays: 30, closedDays: 14 } }

type Case = [what: string, body: RuleBody, given: Partial<Facts>, passes: boolean, channels?: RuleChannel[]]
const cases: Case[] = [
  ['age below', { kind: 'age', parameters: { from: 18, to: 150 } }, { age: 17 }, false],
  ['age at the lower end', { kind: 'age', parameters: { from: 18, to: 150 } }, { age: 18 }, true],
  ['age at the upper end', { kind: 'age', parameters: { from: 0, to: 17 } }, { age: 17 }, true],
  ['age above', { kind: 'age', parameters: { from: 0, to: 17 } }, { age: 18 }, false],
  ['the right sex', { kind: 'sex', parameters: { sex: 'female' } }, {}, true],
  ['the other sex', { kind: 'sex', parameters: { sex: 'female' } }, { sex: 'male' }, false],
  ['attached here', { kind: 'attachment', parameters: { attachedNowhere: 'refused' } }, {}, true],
  [
    'attached elsewhere',
    { kind: 'attachment', parameters: { attachedNowhere: 'allowed' } },
    { attachedTo: 'x' },
    false,
  ],
  [
    'attached nowhere, first need',
    { kind: 'attachment', parameters: { attachedNowhere: 'allowed' } },
    { attachedTo: null },
    true,
  ],
  ['attached nowhere', { kind: 'attachment', parameters: { attachedNowhere: 'refused' } }, { attachedTo: null }, false],
  ['no referral', { kind: 'referral', parameters: {} }, {}, false],
  ['a referral', { kind: 'referral', parameters: {} }, { referral: true }, true],
  ['booked by a doctor', { kind: 'referral', parameters: {} }, { channel: 'doctor' }, true],
  ['a second visit where two may be', { kind: 'visits-per-specialty', parameters: { most: 2 } }, { coming: 1 }, true],
  ['a third visit where two may be', { kind: 'visits-per-specialty', parameters: { most: 2 } }, { coming: 2 }, false],
  ['a day not counted yet', { kind: 'daily-load', parameters: { most: 1 } }, {}, true],
  ['the last place of a day', { kind: 'daily-load', parameters: { most: 3 } }, { taken: taken({ portal: 2 }) }, true],
  ['a full day', { kind: 'daily-load', parameters: { most: 3 } }, { taken: taken({ portal: 2, doctor: 1 }) }, false],
  [
    'a quota with room',
    { kind: 'channel-quota', parameters: { most: 2 } },
    { taken: taken({ portal: 1, registrar: 5 }) },
    true,
    ['portal'],
  ],
  [
    'a full quota',
    { kind: 'channel-quota', parameters: { most: 2 } },
    { taken: taken({ portal: 2 }) },
    false,
    ['portal'],
  ],
  [
    'a quota of two channels together',
    { kind: 'channel-quota', parameters: { most: 2 } },
    { taken: taken({ portal: 1, system: 1 }) },
    false,
    ['portal', 'system'],
  ],
  ['priority time, not of the group', priority, {}, false],
  ['priority time, of the group', priority, { groups: ['veteran', 'elder'] }, true],
  ['priority time, another group', priority, { groups: ['pregnant'] }, false],
  ['priority time just before its end', priority, { startsAt: new Date('2026-03-03T07:59:00Z') }, false],
  ['priority time at its end', priority, { startsAt: new Date('2026-03-03T08:00:00Z') }, true],
  ['priority hours of another weekday', priority, { startsAt: new Date('2026-03-04T07:00:00Z') }, true],
  ['priority time, released', priority, { now: new Date('2026-03-02T19:00:00Z') }, true],
  ['priority time, a second before its release', priority, { now: new Date('2026-03-02T18:59:59Z') }, false],
  ['no misses', coolDown, {}, true],
  ['one miss', coolDown, { noShows: [daysAgo(1)] }, true],
  ['two misses near each other', coolDown, { noShows: [daysAgo(1), daysAgo(31)] }, false],
  ['two misses far from each other', coolDown, { noShows: [daysAgo(1), daysAgo(32)] }, true],
  ['two misses, and the term is over', coolDown, { noShows: [daysAgo(14), daysAgo(20)] }, true],
  ['two misses, and the term is not over', coolDown, { noShows: [daysAgo(13), daysAgo(20)] }, false],
  [
    'a lone miss after a run whose term is not over',
    coolDown,
    { noShows: [daysAgo(1), daysAgo(10), daysAgo(39)] },
    false,
  ],
  ['notice in time', { kind: 'minimum-notice', parameters: { minutes: 25 * 60 } }, {}, true],
  ['notice too short', { kind: 'minimum-notice', parameters: { minutes: 25 * 60 + 1 } }, {}, false],
  ['the last day of a horizon', { kind: 'horizon', parameters: { days: 2 } }, {}, true],
  ['beyond a horizon', { kind: 'horizon', parameters: { days: 1 } }, {}, false],
  [
    'a horizon by the clock of the place',
    { kind: 'horizon', parameters: { days: 1 } },
    { now: new Date('2026-03-02T21:00:00Z') },
    true,
  ],
  ['holds within the limit', { kind: 'holds-at-once', parameters: { most: 2 } }, { holds: 1 }, true],
  ['one hold too many', { kind: 'holds-at-once', parameters: { most: 2 } }, { holds: 2 }, false],
]

describe('a kind of rule', () => {
  it.each(cases)('%s', (_what, body, given, passes, channels = []) => {
    const refusal = judgeKind(body, { ...facts, ...given }, channels)
    expect(refusal === undefined).toBe(passes)
    if (refusal) expect([refusal.detail, refusal.advice].every((text) => /^[А-ЯЁ].*\.$/.test(text))).toBe(true)
  })

  it('says in words when a time opens for everybody, and when booking opens again', () => {
    expect(judgeKind(priority, facts, [])).toEqual({
      detail: 'На это время первыми записываются ветераны.',
      advice: 'Для всех оно откроется 02.03.2026 в 22:00, если останется свободным.',
    })
    expect(judgeKind(coolDown, { ...facts, noShows: [daysAgo(1), daysAgo(2)] }, [])?.detail).toBe(
      'За 30 дней пациент не пришёл на приём 2 раза, и запись закрыта до 15.03.2026 в 09:00.',
    )
    expect(judgeKind({ kind: 'horizon', parameters: { days: 1 } }, facts, [])?.advice).toBe(
      'Этот день откроется 03.03.2026.',
    )
  })
})
