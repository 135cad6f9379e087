import type { ReactNode } from 'react'
import type { Appointment } from '../../../contracts/booking.ts'
import { Badge, capital, momentWords, Row } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { statusWords } from './visit-words.ts'

/** A visit in a list: when, whose and where; leads to its ticket. */
export function VisitRow({ visit }: { visit: Appointment }): ReactNode {
  const { word, kind } = statusWords(visit.status)
  return (
    <Row
      href={at.ticket(visit.patientId, visit.id)}
      title={capital(momentWords(visit.startsAt, visit.timeZone))}
      about={
        <>
          {visit.specialtyTitle}, {visit.doctorName}
          <br />
          {visit.organizationName}
          {visit.status !== 'booked' && (
            <>
              <br />
              <Badge kind={kind}>{word}</Badge>
            </>
          )}
        </>
      }
    />
  )
}
