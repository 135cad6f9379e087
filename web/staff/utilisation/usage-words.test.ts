import { describe, expect, it } from 'vitest'
import type { UsageRow } from '../../../contracts/utilisation.ts'
import { dayInWords, readFilter, shareWords, sorted, waitWords } from './usage-words.ts'

const counts = {
  offered: 0,
  closed: 0,
  taken: 0,
  fulfilled: 0,
  noShow: 0,
  unmarked: 0,
  coming: 0,
  unused: 0,
  free: 0,
  lateCancelled: 0,
}
const row = (title: string, given: Partial<UsageRow>): UsageRow => ({
  ...counts,
  key: title,
  title,
  note: null,
  thirdFreeDays: 0,
  ...given,
})

describe('the words of the use of hours', () => {
  it('says nothing of a share where nothing was offered', () => {
    expect(shareWords({ taken: 0, offered: 0 })).toBe('—')
    expect(shareWords({ taken: 1, offered: 3 })).toBe('33 %')
  })

  it('puts the busiest first, and who cannot be reached at all before who can be reached late', () => {
    const rows = [
      row('А', { offered: 10, taken: 5, thirdFreeDays: 3 }),
      row('Б', { offered: 10, taken: 9, noShow: 3, thirdFreeDays: null }),
      row('В', { offered: 0, thirdFreeDays: 12 }),
    ]
    const order = (by: Parameters<typeof sorted>[1]) => sorted(rows, by).map(({ title }) => title)
    expect(order('title')).toEqual(['А', 'Б', 'В'])
    expect(order('share')).toEqual(['Б', 'А', 'В'])
    expect(order('wait')).toEqual(['Б', 'В', 'А'])
    expect(order('noShow')).toEqual(['Б', 'А', 'В'])
  })

  it('tells a day by what became of its times', () => {
    expect(dayInWords({ ...counts, day: '2026-03-02', fulfilled: 12, noShow: 1 })).toBe(
      '02.03.2026: принято 12, не пришли 1',
    )
    expect(dayInWords({ ...counts, day: '2026-03-08' })).toBe('08.03.2026: приёма не было')
    expect([waitWords(0), waitWords(null)]).toEqual(['сегодня', '—'])
  })

  it('takes from an address what is a filter and leaves the rest', () => {
    expect(readFilter(new URLSearchParams('from=2026-03-01&to=вчера&by=room&x=1'))).toEqual({
      from: '2026-03-01',
      by: 'room',
    })
  })
})
