import { describe, expect, it } from 'vitest'
import { readTicket } from './read-ticket.ts'

const token = 'q1W2e3R4t5Y6u7I8o9P0-_as'

describe('a ticket at the desk', () => {
  it('is known by the address in its QR code, or by the token of it', () => {
    expect(readTicket(`https://rmis.example/staff/tickets/${token}\n`)).toEqual({ token })
    expect(readTicket(token)).toEqual({ token })
  })
  it('is known when the scanner types under the Russian layout', () => {
    const typed = 'йцукенгшщзйцукенгшщзхъ'.slice(0, 20)
    expect(readTicket(`реезЖ..кьшы.учфьздую.ыефаа.ешслуеы.${typed}`.replace('учфьздую', 'учфьзду'))).toEqual({
      token: 'qwertyuiopqwertyuiop',
    })
  })
  it('is known by its code, in either alphabet', () => {
    expect(readTicket('7c4kpx')).toEqual({ code: '7C4KPX' })
    expect(readTicket(' 7С4 КРХ ')).toEqual({ code: '7C4KPX' })
  })
  it.each(['', '7C4KP', 'иванов', 'https://rmis.example/staff/tickets/short'])('is not «%s»', (text) =>
    expect(readTicket(text)).toBeUndefined(),
  )
})
