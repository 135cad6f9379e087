import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../modules/booking/index.ts'
import { bookingPorts } from './index.ts'
import { whatToBring } from './what-to-bring.ts'

const ticket: Ticket = {
  id: '0195a000-0000-7000-8000-000000000091',
  organizationId: '0195a000-0000-7000-8000-000000000001',
  organizationName: 'Диспансер № 3',
  organizationFullName: 'Государственное учреждение «Психоневрологический диспансер № 3»',
  address: 'г. Энск, ул. Садовая, д. 5',
  phone: '+7 495 000-00-01',
  timeZone: 'Asia/Novosibirsk',
  patientId: '0195a000-0000-7000-8000-000000000052',
  patientName: 'Петрова Мария Петровна',
  staffId: '0195a000-0000-7000-8000-000000000041',
  doctorName: 'Иванова Анна Сергеевна',
  specialtyCode: '56',
  specialtyTitle: 'Психиатр',
  room: '101',
  startsAt: new Date('2026-03-03T02:15:00Z'),
  endsAt: new Date('2026-03-03T02:30:00Z'),
  changeUntil: new Date('2026-03-03T00:15:00Z'),
  status: 'booked',
  code: 'K4M7T2',
  ticketToken: 'kUqUDKg0rQ3a9L1mB5XhV7yZ2cE8fJ4nP6sT0wRtQxY',
  cancelReason: null,
  category: null,
  birthDate: '2018-09-01',
  latitude: 54.98,
  longitude: 82.89,
  department: 'Детское отделение',
  floor: 2,
  calendarUid: '0195a000-0000-7000-8000-000000000090',
  sequence: 3,
  changedAt: new Date('2026-03-02T06:00:00Z'),
}
const ports = bookingPorts('https://rmis.example')
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const eventOf = async (t: Ticket) => {
  const calendar = new ICAL.Component(ICAL.parse(text(await ports.calendarEvent(t))))
  return { calendar, event: calendar.getFirstSubcomponent('vevent')! }
}

describe('the calendar event of a visit', () => {
  it('is read back with its time, its UID and its version', async () => {
    const { event } = await eventOf(ticket)
    expect(event.getFirstPropertyValue('uid')).toBe(ticket.calendarUid)
    expect(event.getFirstPropertyValue('sequence')).toBe(3)
    expect(event.getFirstPropertyValue('status')).toBe('CONFIRMED')
    const read = new ICAL.Event(event)
    expect(read.startDate.toJSDate()).toEqual(ticket.startsAt)
    expect(read.endDate.toJSDate()).toEqual(ticket.endsAt)
    expect(read.location).toBe('г. Энск, ул. Садовая, д. 5, кабинет 101')
    expect(read.description).toContain('K4M7T2')
  })

  it('reminds a day and two hours before', async () => {
    const { event } = await eventOf(ticket)
    const triggers = event.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger')))
    expect(triggers).toEqual(['-P1D', '-PT2H'])
  })

  it('gives away neither doctor, specialty, organisation nor patient to those who see the calendar', async () => {
    const written = text(await ports.calendarEvent(ticket)).replace(/\r\n /g, '')
    for (const secret of ['Иванова', 'Психиатр', 'сихоневрологич', 'Диспансер', 'Петров', ticket.ticketToken])
      expect(written).not.toContain(secret)
    const { event } = await eventOf(ticket)
    expect(event.getFirstPropertyValue('summary')).toBe('Приём у врача')
    expect(event.getFirstPropertyValue('class')).toBe('PRIVATE')
  })

  it('of a cancelled visit is cancelled and reminds of nothing', async () => {
    const { event } = await eventOf({ ...ticket, status: 'cancelled', sequence: 4 })
    expect(event.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(event.getFirstPropertyValue('sequence')).toBe(4)
    expect(event.getAllSubcomponents('valarm')).toEqual([])
  })

  it('keeps lines within 75 octets and is read back whatever the address holds', async () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 300 }).map((s) => s.replace(/\p{Cc}/gu, ' '))
    await fc.assert(
      fc.asyncProperty(anything, async (address) => {
        const written = text(await ports.calendarEvent({ ...ticket, address, room: '' }))
        for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(76)
        const { event } = await eventOf({ ...ticket, address, room: '' })
        expect(event.getFirstPropertyValue('location') ?? '').toBe(address)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the QR code of a ticket', () => {
  it('is an SVG without scripts, and holds an address with the token alone', async () => {
    const svg = text(await ports.ticketQr(ticket.ticketToken))
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    expect(svg).not.toMatch(/script|href/i)
    // The same token always gives the same picture, and another another.
    expect(text(await ports.ticketQr(ticket.ticketToken))).toBe(svg)
    expect(text(await ports.ticketQr(`${ticket.ticketToken.slice(0, -1)}A`))).not.toBe(svg)
  })
})

describe('the printed ticket', () => {
  const pages = (pdf: Uint8Array) =>
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g)?.length

  it('is a PDF of one page, the same bytes for the same ticket', async () => {
    const pdf = await ports.printTicket(ticket)
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    expect(pages(pdf)).toBe(1)
    expect(Buffer.from(await ports.printTicket(ticket)).equals(Buffer.from(pdf))).toBe(true)
  })

  it('stays on one page with long names, without a phone, and when cancelled', async () => {
    const long = 'Константинопольская-Преображенская Александра-Виктория Константиновна '
    const wordy = { ...ticket, patientName: long, doctorName: long, organizationFullName: long.repeat(3), phone: null }
    expect(pages(await ports.printTicket({ ...wordy, changeUntil: null }))).toBe(1)
    expect(pages(await ports.printTicket({ ...wordy, status: 'cancelled', cancelReason: long.repeat(2) }))).toBe(1)
  })

  it('prints whatever a person typed as a reason', async () => {
    const reason = '#panic("x") \\ $ @ <b> *_`~ 😀 \u0301'
    expect(pages(await ports.printTicket({ ...ticket, status: 'cancelled', cancelReason: reason }))).toBe(1)
  })
})

describe('what to bring', () => {
  it('follows the age on the day of the visit', () => {
    expect(whatToBring('1985-04-12', '2026-03-03')).toEqual(['паспорт', 'полис ОМС (можно на телефоне)', 'СНИЛС'])
    expect(whatToBring('2012-03-04', '2026-03-03')[0]).toBe('свидетельство о рождении')
    expect(whatToBring('2012-03-03', '2026-03-03')[0]).toBe('паспорт')
    expect(whatToBring('2011-03-04', '2026-03-03')).toHaveLength(4)
    expect(whatToBring('2011-03-03', '2026-03-03')).toHaveLength(3)
  })
})
