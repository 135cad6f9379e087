import { describe, expect, it } from 'vitest'
import { readFilter } from './delivery-words.ts'

describe('the filter of the journal of deliveries', () => {
  it('is read from the address, and what is not one of ours is left out', () => {
    const read = (search: string) => readFilter(new URLSearchParams(search))
    expect(read('channel=sms&state=refused&from=2026-03-01&to=2026-03-02')).toEqual({
      channel: 'sms',
      state: 'refused',
      from: '2026-03-01',
      to: '2026-03-02',
    })
    expect(read('channel=pigeon&state=toString&from=вчера&other=1')).toEqual({})
  })
})
