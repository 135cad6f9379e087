import { describe, expect, it } from 'vitest'
import { address, email, phone, snilsId, textValue, timestamp } from './datatypes.ts'
import { subjectOf } from './subjects.ts'
import { writeXml } from '../xml/index.ts'

describe('CDA data types', () => {
  it('write an instant to the minute by the clocks of the place', () => {
    expect(timestamp({ at: new Date('2026-11-23T18:05:59Z'), offset: 420 })).toBe('202611240105+0700')
    expect(timestamp({ at: new Date('2026-01-01T00:00:00Z'), offset: 0 })).toBe('202601010000+0000')
    expect(timestamp({ at: new Date('2026-01-01T00:00:00Z'), offset: -210 })).toBe('202512312030-0330')
  })

  it('write a telephone with nothing but what a telephone has', () => {
    expect(phone('+7 (383) 000-00-01')?.attributes['value']).toBe('tel:+7(383)000-00-01')
    expect(phone('рег. 8 383 000 00 01, доб. 2')?.attributes['value']).toBe('tel:83830000001')
    expect(phone('не указан')).toBeUndefined()
    expect(phone(null)).toBeUndefined()
  })

  it('write a mailbox, and nothing for what is not one', () => {
    expect(email('petrov@example.org')?.attributes['value']).toBe('mailto:petrov@example.org')
    expect(email('пусто')).toBeUndefined()
    expect(email('a@b\nc')).toBeUndefined()
  })

  it('say by a nullFlavor what is not known', () => {
    expect(snilsId(null).attributes).toEqual({ nullFlavor: 'NI' })
    expect(snilsId('11223344595').attributes['extension']).toBe('112-233-445 95')
    expect(textValue(' \n').attributes['nullFlavor']).toBe('NI')
    const uncoded = writeXml(address({ line: 'п. Лесной, 1', subject: null, postalCode: '100000' }))
    expect(uncoded).toContain('<addr nullFlavor="UNK">')
    expect(uncoded).toContain('п. Лесной, 1')
    const coded = writeXml(address({ line: 'Омск', subject: subjectOf('55') ?? null, postalCode: null }))
    expect(coded).toContain('displayName="Омская область"')
    expect(coded).toContain('<postalCode nullFlavor="NI"/>')
  })
})
