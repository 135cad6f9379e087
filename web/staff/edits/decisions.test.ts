import { describe, expect, it } from 'vitest'
import type { TouchedVisit } from '../../../contracts/schedule-edits.ts'
import { carriedOver, clashes, countsOf, decidedForAll, decisionsOf, isAnotherDoctor, suggested } from './decisions.ts'

const visit = (appointmentId: string, refs: string[], doctor = 'own'): TouchedVisit => ({
  appointmentId,
  patient: {
    id: appointmentId,
    name: 'Очередной Пациент',
    birthDate: '1986-01-01',
    sex: 'female',
    snils: null,
    enp: null,
    address: null,
  },
  startsAt: '2026-03-03T07:00:00.000Z',
  endsAt: '2026-03-03T07:20:00.000Z',
  staffId: 'own',
  doctorName: 'Иванова Анна Сергеевна',
  specialtyTitle: 'Терапевт',
  room: '101',
  slots: refs.map((ref) => ({
    ref,
    staffId: doctor,
    doctorName: 'Врач',
    room: '101',
    startsAt: '2026-03-04T07:00:00.000Z',
    endsAt: '2026-03-04T07:20:00.000Z',
    kind: 'any',
    referralNeeded: false,
  })),
})

describe('decisions on touched visits', () => {
  const visits = [visit('a', ['1', '2']), visit('b', ['2', '3']), visit('c', [])]

  it('begin with an offer of the nearest time, and a cancellation where there is none', () => {
    expect(suggested(visits)).toEqual({
      a: { action: 'offer', ref: '1' },
      b: { action: 'offer', ref: '2' },
      c: { action: 'cancel', ref: '' },
    })
    expect(countsOf(visits, decidedForAll(visits, 'move'))).toEqual({ moved: 2, offered: 0, cancelled: 1 })
    expect(countsOf(visits, decidedForAll(visits, 'cancel'))).toEqual({ moved: 0, offered: 0, cancelled: 3 })
  })

  it('go on when the list is read anew; a time that has gone is replaced and told', () => {
    const before = { a: { action: 'move', ref: '2' }, b: { action: 'cancel', ref: '2' } } as const
    const next = [visit('a', ['1', '3']), visit('b', []), visit('d', ['4'])]
    expect(carriedOver(before, next)).toEqual({
      drafts: { a: { action: 'move', ref: '1' }, b: { action: 'cancel', ref: '2' }, d: { action: 'offer', ref: '4' } },
      changed: ['a', 'd'],
    })
  })

  it('ask the patient of another doctor, whatever was chosen', () => {
    const [other] = [visit('a', ['1'], 'another')]
    expect(isAnotherDoctor(other!, { action: 'move', ref: '1' })).toBe(true)
    expect(countsOf([other!], { a: { action: 'move', ref: '1' } })).toEqual({ moved: 0, offered: 1, cancelled: 0 })
  })

  it('find two visits that go to one time, and not a cancelled one', () => {
    const both = { a: { action: 'move', ref: '2' }, b: { action: 'offer', ref: '2' } } as const
    expect(clashes(visits, both)).toEqual(new Set(['b']))
    expect(clashes(visits, { ...both, a: { action: 'cancel', ref: '2' } })).toEqual(new Set())
  })

  it('are sent with the reason of the edit for cancelled ones', () => {
    expect(decisionsOf(visits, suggested(visits), 'Врач болеет')).toEqual([
      { appointmentId: 'a', action: 'offer', ref: '1' },
      { appointmentId: 'b', action: 'offer', ref: '2' },
      { appointmentId: 'c', action: 'cancel', reason: 'Врач болеет' },
    ])
  })
})
