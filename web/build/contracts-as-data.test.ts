import * as T from 'typebox'
import { describe, expect, it } from 'vitest'
import { holdSlot, SlotTaken } from '../../contracts/booking.ts'
import { emptyConsultation } from '../../contracts/chart.ts'
import { downloadPdf } from '../../contracts/documents.ts'
import { OneOf } from '../../contracts/values.ts'
import { dataOf } from './contracts-as-data.ts'

describe('contracts in the browser', () => {
  it('are endpoints without schemas', () => {
    expect(dataOf(holdSlot)).toEqual({ name: 'booking.hold', method: 'POST', path: '/api/v1/holds', body: true })
    expect(dataOf(downloadPdf)).toMatchObject({ method: 'GET', reply: { file: 'application/pdf' } })
  })
  it('keep refusals and plain data whole', () => {
    expect(dataOf(SlotTaken)).toEqual(SlotTaken)
    expect(dataOf(emptyConsultation)).toEqual(emptyConsultation)
  })
  it('leave schemas and functions on the server', () => {
    expect([T.String(), T.Object({}), OneOf('a'), () => 1].map((value) => dataOf(value))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
