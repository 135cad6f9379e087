import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { listDayVisits, type DayVisit } from '../../../contracts/day-visits.ts'
import { findByTicket } from '../../../contracts/tickets.ts'
import { useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  capital,
  Card,
  EmptyState,
  ErrorState,
  Facts,
  momentWords,
  Page,
  Skeleton,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { openingOf } from '../people/patient-tabs.tsx'
import { VisitActions } from '../people/visit-actions.tsx'
import { statusWords } from '../people/visit-words.ts'
import type { Visit } from '../people/visits.ts'
import { useSession, useToday } from '../session.tsx'
import { readTicket } from './read-ticket.ts'

/** A patient with a ticket: its QR code under the scanner, or its six characters. The address of a QR code opens here. */
export default function TicketsPage({ token }: { token?: string }): ReactNode {
  const [, navigate] = useLocation()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [code, setCode] = useState<string | undefined>(undefined)
  const [error, setError] = useState<string | undefined>(undefined)
  useEffect(() => input.current?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = readTicket(text)
    setError(found ? undefined : 'Это не похоже ни на код из шести знаков, ни на QR-код талона')
    setCode(found && 'code' in found ? found.code : undefined)
    if (!found) return
    setText('')
    if ('token' in found) navigate(at.tickets(found.token))
    else if (token) navigate(at.tickets())
  }
  return (
    <Page title="Талоны" lead="Пациент пришёл с талоном: отметьте его приход">
      <Card>
        <form className="with-button" onSubmit={submit} noValidate>
          <TextInput
            label="QR-код или код талона"
            hint="Сканируйте талон или введите шесть знаков с него"
            autoComplete="off"
            spellCheck={false}
            inputRef={input}
            value={text}
            onChange={setText}
            error={error}
          />
          <Button type="submit" kind="primary">
            Найти
          </Button>
        </form>
      </Card>
      {code ? <ByCode code={code} /> : token ? <ByToken token={token} /> : null}
    </Page>
  )
}

function ByToken({ token }: { token: string }): ReactNode {
  const read = useRead(findByTicket, { params: { token } })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Ищем запись" />
  const visit = read.data
  return (
    <Ticket visit={visit} zone={visit.timeZone} doctor={`${visit.specialtyTitle}, ${visit.doctorName}`} {...visit} />
  )
}

/** Codes are short and repeat over the years, so they are looked for among those who are expected today. */
function ByCode({ code }: { code: string }): ReactNode {
  const { me, workplace } = useSession()
  const params = { organizationId: me.organizationId ?? '' }
  const read = useRead(listDayVisits, { params, query: { day: useToday() } })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Ищем запись" />
  const found = read.data.visits.filter((visit) => visit.code === code)
  if (found.length === 0)
    return (
      <EmptyState
        icon="search"
        title={`С кодом ${code} на сегодня никто не записан`}
        actions={<ButtonLink href={at.patients()}>Найти по имени</ButtonLink>}
      >
        <p>Проверьте код и день на талоне: запись может быть на другое число или отменена.</p>
      </EmptyState>
    )
  return found.map((visit) => {
    const doctor = workplace?.staff.find((s) => s.id === visit.staffId)
    return (
      <Ticket
        key={visit.appointmentId}
        visit={visitOf(visit)}
        zone={read.data.timeZone}
        doctor={[doctor?.specialtyTitle, doctor?.name].filter(Boolean).join(', ')}
        room={visit.room}
        code={visit.code}
      />
    )
  })
}

const visitOf = ({ appointmentId, patient, staffId, startsAt, endsAt, status }: DayVisit): Visit => ({
  id: appointmentId,
  patientId: patient.id,
  patientName: patient.name,
  staffId,
  startsAt,
  endsAt,
  status,
})

type TicketProps = { visit: Visit; zone: string; doctor: string; room: string; code: string }

function Ticket({ visit, zone, doctor, room, code }: TicketProps): ReactNode {
  const { me } = useSession()
  const status = statusWords(visit.status)
  return (
    <Card
      kind="brand"
      title={<a href={openingOf(me.role)(visit.patientId)}>{visit.patientName}</a>}
      aside={<Badge kind={status.kind}>{status.text}</Badge>}
    >
      <Facts
        items={[
          ['Когда', capital(momentWords(visit.startsAt, zone))],
          ['К кому', doctor],
          ['Кабинет', room || null],
          [
            'Код талона',
            <span key="value" className="numbers">
              {code}
            </span>,
          ],
        ]}
      />
      <VisitActions visit={visit} zone={zone} size="usual" />
    </Card>
  )
}
