import type { Ticket } from '../../modules/booking/index.ts'
import { localDay, localTime, offsetAt } from '../../platform/time.ts'
import { renderPdf } from '../../standards/pdf/render-pdf.ts'
import { template } from './template.ts'
import { whatToBring } from './what-to-bring.ts'

/** The ticket on a page of A5: when, where and to whom, in the organisation's local time; the code and its QR (SVG). */
export function printedTicket(ticket: Ticket, qr: string): Uint8Array {
  const { startsAt, timeZone } = ticket
  const day = localDay(startsAt, timeZone)
  return renderPdf(
    template,
    {
      title: `Талон на приём ${plainDate(day)}`,
      organization: {
        name: ticket.organizationName,
        fullName: ticket.organizationFullName,
        address: ticket.address,
        phone: ticket.phone ?? '',
      },
      cancelled: ticket.status === 'cancelled',
      cancelReason: ticket.cancelReason ?? '',
      day: dayInWords(startsAt, timeZone),
      time: localTime(startsAt, timeZone),
      zone: `по местному времени (UTC${offsetInWords(offsetAt(timeZone, startsAt))})`,
      code: spaced(ticket.code),
      codeAlt: `QR-код талона ${ticket.code}`,
      qr,
      patient: { name: ticket.patientName, birthDate: plainDate(ticket.birthDate) },
      doctor: { name: ticket.doctorName, specialty: ticket.specialtyTitle },
      place: placeOf(ticket),
      bring: whatToBring(ticket.birthDate, day),
      change: changeOf(ticket),
    },
    ticket.changedAt,
  )
}

const placeOf = ({ room, floor, department }: Ticket): string =>
  [room && `кабинет ${room}`, floor !== null && `этаж ${floor}`, department].filter(Boolean).join(', ')

/** Until when the visit can be cancelled or moved, as it stood when the ticket was printed. */
function changeOf({ status, changeUntil, phone, timeZone }: Ticket): string {
  if (status === 'cancelled') return ''
  const call = phone ? `по телефону ${phone}` : 'в регистратуре'
  if (changeUntil === null) return `Отменить или перенести приём можно только ${call}.`
  const until = `${localTime(changeUntil, timeZone)} ${plainDate(localDay(changeUntil, timeZone))}`
  return `Не сможете прийти? Отмените или перенесите приём в личном кабинете до ${until}. Позже — ${call}.`
}

/** 'K4M7T2' → «K4M 7T2», as it is read out. */
const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

const plainDate = (day: string): string => day.split('-').reverse().join('.')

const days = new Map<string, Intl.DateTimeFormat>()

/** «понедельник, 2 марта 2026» by the clocks of the zone. */
function dayInWords(at: Date, timeZone: string): string {
  const known = days.get(timeZone)
  const format =
    known ??
    new Intl.DateTimeFormat('ru-RU', { timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  if (!known) days.set(timeZone, format)
  return format.format(at).replace(/\s*г\.$/, '')
}

/** Milliseconds east of UTC → «+7», «+5:30». */
function offsetInWords(offset: number): string {
  const minutes = Math.abs(offset) / 60_000
  const rest = minutes % 60
  return `${offset < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}
