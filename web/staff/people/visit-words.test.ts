import { describe, expect, it } from 'vitest'
import { actionsFor } from './visit-words.ts'

const zone = 'Asia/Novosibirsk'
const visit = { status: 'booked' as const, startsAt: '2026-11-26T03:00:00Z', endsAt: '2026-11-26T03:15:00Z' }
const at = (time: string) => new Date(`2026-11-${time}Z`)

describe('what can be done with a visit', () => {
  it('before its day: moved or cancelled', () => {
    expect(actionsFor(visit, zone, at('25T10:00:00'))).toEqual(['move', 'cancel'])
  })
  it('on its day, by the clocks of the place: the patient may have come', () => {
    expect(actionsFor(visit, zone, at('25T17:30:00'))).toEqual(['arrive', 'move', 'cancel'])
  })
  it('from its beginning: or not come', () => {
    expect(actionsFor(visit, zone, at('26T03:05:00'))).toEqual(['arrive', 'no-show', 'move', 'cancel'])
  })
  it('after its end: only what happened can be noted', () => {
    expect(actionsFor(visit, zone, at('26T04:00:00'))).toEqual(['arrive', 'no-show'])
  })
  it('a note can be taken back', () => {
    expect(actionsFor({ ...visit, status: 'arrived' }, zone, at('26T02:00:00'))).toEqual([
      'not-arrived',
      'move',
      'cancel',
    ])
    expect(actionsFor({ ...visit, status: 'no-show' }, zone, at('26T04:00:00'))).toEqual(['came-after-all'])
  })
  it('nothing with what is over', () => {
    for (const status of ['in-progress', 'fulfilled', 'cancelled', 'moved'] as const)
      expect(actionsFor({ ...visit, status }, zone, at('26T03:05:00'))).toEqual([])
  })
})
