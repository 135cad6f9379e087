import { describe, expect, it } from 'vitest'
import type { CardAccess } from '../../../contracts/journal.ts'
import { byDay, looksOf } from './looks.ts'

const row = (at: string, what: string, rest: Partial<CardAccess> = {}): CardAccess => ({
  id: `${at} ${what}`,
  at,
  actorName: 'Зайцев Георгий Валерьевич',
  actorRole: 'врач',
  organizationName: 'Поликлиника № 1',
  what,
  grounds: 'случай обслуживания',
  outcome: 'done',
  own: false,
  ...rest,
})

describe('who looked, put together', () => {
  it('makes one look of what one doctor did in one go, in the order it was done', () => {
    const [look, ...rest] = looksOf(
      [
        row('2026-08-07T10:52:00Z', 'Подписание документа'),
        row('2026-08-07T10:50:00Z', 'Сохранение черновика'),
        row('2026-08-07T10:49:00Z', 'Сохранение черновика'),
        row('2026-08-07T10:40:00Z', 'Начало приёма'),
      ],
      'Europe/Moscow',
    )
    expect(rest).toEqual([])
    expect(look).toMatchObject({ from: '2026-08-07T10:40:00Z', until: '2026-08-07T10:52:00Z' })
    expect(look?.actions).toEqual([
      { what: 'Начало приёма', times: 1 },
      { what: 'Сохранение черновика', times: 2 },
      { what: 'Подписание документа', times: 1 },
    ])
  })

  it('keeps apart people, grounds, refusals, long pauses and days', () => {
    const at = '2026-08-07T10:40:00Z'
    const apart = [
      [row(at, 'Просмотр'), row(at, 'Просмотр', { actorName: 'Фомина Алла Викторовна' })],
      [row(at, 'Просмотр'), row(at, 'Просмотр', { grounds: 'прикрепление к организации' })],
      [row(at, 'Просмотр'), row(at, 'Просмотр', { outcome: 'refused' })],
      [row(at, 'Просмотр'), row('2026-08-07T10:09:00Z', 'Просмотр')],
      [row('2026-08-07T21:10:00Z', 'Просмотр'), row('2026-08-07T20:50:00Z', 'Просмотр')],
    ]
    for (const rows of apart) expect(looksOf(rows, 'Europe/Moscow')).toHaveLength(2)
  })

  it('stands under its day', () => {
    const looks = looksOf(
      [row('2026-08-07T21:10:00Z', 'Просмотр'), row('2026-08-07T20:50:00Z', 'Просмотр')],
      'Europe/Moscow',
    )
    expect(byDay(looks, 'Europe/Moscow').map(([day, list]) => [day, list.length])).toEqual([
      ['2026-08-08', 1],
      ['2026-08-07', 1],
    ])
  })
})
