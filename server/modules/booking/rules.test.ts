import { describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { CODE_ALPHABET, newCode } from './confirmation-code.ts'
import {
  ageFits,
  changeableUntil,
  dayHasCome,
  givesWay,
  holdRanOut,
  isOver,
  isSameHold,
  openChannel,
  timeHasCome,
  visitInTheWay,
  type PatientVisit,
  type Wish,
} from './rules.ts'

const at = (time: string) => new Date(`2026-03-03T${time}:00Z`)
const now = at('07:00')
const place = { organizationId: 'o', scheduleId: 's', seq: 0 }
const visit = (v: Partial<PatientVisit>): PatientVisit => ({
  ...place,
  id: 'v',
  startsAt: at('10:00'),
  endsAt: at('10:20'),
  specialtyCode: '27',
  state: 'coming',
  heldUntil: null,
  heldBy: null,
  replaces: null,
  ruleScope: null,
  ...v,
})
const wish: Wish = {
  ...place,
  startsAt: at('10:10'),
  endsAt: at('10:30'),
  specialtyCode: '118',
  actorId: 'me',
  replaces: null,
}

describe('the rules of booking', () => {
  it('take the first of the actor’s channels that the time is open to', () => {
    expect(openChannel({ channels: ['registrar', 'doctor'] }, ['doctor', 'registrar'])).toBe('doctor')
    expect(openChannel({ channels: ['registrar'] }, ['doctor', 'registrar'])).toBe('registrar')
    expect(openChannel({ channels: ['registrar'] }, ['portal'])).toBeUndefined()
  })

  it('count both ends of the ages, and refuse nobody whose age is unknown', () => {
    const slot = { ageFrom: 18, ageTo: 60 }
    expect([17, 18, 60, 61].map((age) => ageFits(slot, age))).toEqual([false, true, true, false])
    expect(ageFits(slot, undefined)).toBe(true)
  })

  it('let a hold go at the very instant it ends', () => {
    expect(holdRanOut({ heldUntil: at('07:01') }, now)).toBe(false)
    expect(holdRanOut({ heldUntil: now }, now)).toBe(true)
    expect(holdRanOut({ heldUntil: null }, now)).toBe(false)
  })

  it('find what stands in the way: the same specialty, or an overlapping time; touching times do not overlap', () => {
    expect(
      visitInTheWay([visit({ specialtyCode: '118', startsAt: at('15:00'), endsAt: at('15:20') })], wish, now)?.rule,
    ).toBe(booking.AlreadyBooked)
    expect(visitInTheWay([visit({})], wish, now)?.rule).toBe(booking.VisitsOverlap)
    expect(visitInTheWay([visit({ endsAt: at('10:10') })], wish, now)).toBeUndefined()
    expect(visitInTheWay([visit({ startsAt: at('10:30'), endsAt: at('10:50') })], wish, now)).toBeUndefined()
  })

  it('pass over the visit that is moved, holds that are to replace another, and holds that ran out', () => {
    expect(visitInTheWay([visit({})], { ...wish, replaces: 'v' }, now)).toBeUndefined()
    expect(visitInTheWay([visit({ state: 'moving', heldUntil: at('08:00') })], wish, now)).toBeUndefined()
    expect(visitInTheWay([visit({ heldUntil: at('06:59') })], wish, now)).toBeUndefined()
  })

  it('do not count a visit that goes on as coming, but its time is taken', () => {
    const going = visit({ specialtyCode: '118', startsAt: at('06:50'), endsAt: at('07:10') })
    expect(visitInTheWay([going], wish, now)).toBeUndefined()
    expect(timeHasCome(going, now)).toBe(true)
    expect(visitInTheWay([going], { ...wish, startsAt: at('07:05'), endsAt: at('07:25') }, now)?.rule).toBe(
      booking.VisitsOverlap,
    )
  })

  it('let holds give way to the same specialty, to one’s own change of mind, and when they ran out', () => {
    const held = { heldUntil: at('07:05'), heldBy: 'somebody' }
    expect(givesWay(visit({ ...held }), wish, now)).toBe(false)
    expect(givesWay(visit({ ...held, heldBy: 'me' }), wish, now)).toBe(true)
    expect(givesWay(visit({ ...held, heldBy: 'me', startsAt: at('11:00'), endsAt: at('11:20') }), wish, now)).toBe(
      false,
    )
    expect(givesWay(visit({ ...held, specialtyCode: '118', startsAt: at('15:00') }), wish, now)).toBe(true)
    expect(givesWay(visit({ ...held, heldUntil: now }), wish, now)).toBe(true)
    const moving = { ...held, state: 'moving' as const, replaces: 'old', specialtyCode: '27', startsAt: at('15:00') }
    expect(givesWay(visit(moving), { ...wish, replaces: 'old' }, now)).toBe(true)
    expect(givesWay(visit(moving), { ...wish, replaces: 'another' }, now)).toBe(false)
    expect(givesWay(visit(moving), wish, now)).toBe(false)
    expect(givesWay(visit({ specialtyCode: '118' }), wish, now)).toBe(false)
  })

  it('know the same hold by its time, its holder and its purpose', () => {
    const held = visit({ ...wish, id: 'h', heldUntil: at('07:05'), heldBy: 'me' })
    expect(isSameHold(held, wish, now)).toBe(true)
    expect(isSameHold({ ...held, heldBy: 'other' }, wish, now)).toBe(false)
    expect(isSameHold({ ...held, replaces: 'x' }, wish, now)).toBe(false)
    expect(isSameHold({ ...held, seq: 1 }, wish, now)).toBe(false)
    expect(isSameHold({ ...held, heldUntil: now }, wish, now)).toBe(false)
  })

  it('let the patient change a visit before the deadline, and nobody after its end', () => {
    const booked = { status: 'booked' as const, startsAt: at('09:00'), endsAt: at('09:20') }
    expect(changeableUntil(booked, 60, now)).toEqual(at('08:00'))
    expect(changeableUntil(booked, 120, now)).toBeNull()
    expect(changeableUntil({ ...booked, status: 'cancelled' }, 60, now)).toBeNull()
    expect(isOver(booked, at('09:19'))).toBe(false)
    expect(isOver(booked, at('09:20'))).toBe(true)
    expect(isOver({ ...booked, status: 'in-progress' }, now)).toBe(true)
  })

  it('tell the visit’s day by the clocks of the organisation', () => {
    expect(dayHasCome(new Date('2026-03-03T20:00:00Z'), 'Asia/Novosibirsk', new Date('2026-03-03T16:30:00Z'))).toBe(
      false,
    )
    expect(dayHasCome(new Date('2026-03-03T20:00:00Z'), 'Asia/Novosibirsk', new Date('2026-03-03T17:30:00Z'))).toBe(
      true,
    )
  })

  it('make codes that are read out without mistakes', () => {
    const codes = Array.from({ length: 2000 }, newCode)
    for (const code of codes) expect(code).toMatch(new RegExp(`^[${CODE_ALPHABET}]{6}$`))
    expect(new Set(codes.join('')).size).toBe(CODE_ALPHABET.length)
    expect(CODE_ALPHABET).not.toMatch(/[OQILBSZ]/)
  })
})
