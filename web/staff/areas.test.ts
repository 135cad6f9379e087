import { describe, expect, it } from 'vitest'
import { sectionsOf } from './areas.ts'

const labels = (me: Parameters<typeof sectionsOf>[0]) => sectionsOf(me).map((section) => section.label)

describe('the sections of a workplace', () => {
  it('have timetables where there is an organisation', () => {
    expect(labels({ role: 'administrator', organizationId: 'o' })).toContain('Графики')
  })
  it('lead nobody of the region into timetables that are not theirs', () => {
    expect(labels({ role: 'administrator', organizationId: null })).toEqual([
      'Пациенты',
      'Заявки',
      'Правила',
      'Цели визита',
      'Опека',
      'Системы',
      'Доставка',
      'Загрузка',
    ])
  })
})
