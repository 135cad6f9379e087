import { useState, type ReactNode } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'
import { listPatientAppointments, showAppointment, type Appointment } from '../../../contracts/booking.ts'
import { downloadCalendar, downloadTicket, showTicketQr } from '../../../contracts/tickets.ts'
import { pathOf, useLive, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  capital,
  Card,
  dayOf,
  dayWords,
  Facts,
  momentWords,
  Notice,
  Page,
  phoneHref,
  phoneWords,
  Skeleton,
  timeWords,
  uncapital,
  useNow,
  zoneNote,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ChangeOfVisit } from '../blocks/change-card.tsx'
import { Cancelling } from '../blocks/cancelling.tsx'
import { NotRead } from '../blocks/not-read.tsx'
import { isAhead, statusWords } from '../blocks/visit-words.ts'

type Props = { patientId: string; appointmentId: string }

/** One visit: its ticket while it is ahead, what became of it afterwards. */
export default function TicketPage({ patientId, appointmentId }: Props): ReactNode {
  const params = { patientId, appointmentId }
  const read = useRead(showAppointment, { params })
  useLive(read.data ? [`patient/${patientId}`] : [], [showAppointment])
  const back = { href: at.visits({ id: patientId, relation: 'other' }), label: 'Все записи' }
  if (read.data) return <Ticket visit={read.data} back={back} />
  return (
    <Page title="Талон" back={back}>
      {read.error ? (
        <NotRead
          refusal={read.error}
          missing="Такой записи нет"
          onRetry={() => void read.refetch()}
          retrying={read.isFetching}
        />
      ) : (
        <Skeleton shape="card" label="Загружаем талон" />
      )}
    </Page>
  )
}

const freshWords: Record<string, string> = {
  booked: 'Вы записаны. Талон всегда здесь, в кабинете.',
  moved: 'Запись перенесена. Прежнее время снова свободно для других.',
}

function Ticket({ visit, back }: { visit: Appointment; back: { href: string; label: string } }): ReactNode {
  const fresh = (useHistoryState() as { fresh?: string } | null)?.fresh
  const ahead = isAhead(visit)
  const { word, kind } = statusWords(visit.status)
  const zone = visit.timeZone
  const today = dayOf(useNow(), zone)
  const note = zoneNote(zone)
  const title = ahead ? 'Талон на приём' : 'Запись к врачу'
  return (
    <Page title={title} tabTitle={`${title}: ${visit.specialtyTitle}`} back={back}>
      {fresh && ahead && <Notice live kind="success" title={freshWords[fresh]} />}
      {ahead && <ChangeOfVisit visit={visit} />}
      <Card kind={ahead ? 'brand' : 'plain'}>
        <div className="ticket">
          <div className="stack">
            <p className="when">
              <span className="when__day">{capital(dayWords(dayOf(visit.startsAt, zone), today))}</span>
              <span className="when__time numbers">{timeWords(visit.startsAt, zone)}</span>
            </p>
            {note && ahead && <p className="soft small">Это {note}.</p>}
            <p>
              <Badge kind={kind}>{word}</Badge>
            </p>
          </div>
          {ahead && (
            <figure className="ticket__code">
              <img
                src={pathOf(showTicketQr, { params: { patientId: visit.patientId, appointmentId: visit.id } })}
                width={148}
                height={148}
                alt="QR-код талона: покажите его в регистратуре"
              />
              <figcaption>
                <span className="soft small">Код талона</span>
                <span className="ticket__letters numbers">{visit.code}</span>
              </figcaption>
            </figure>
          )}
        </div>
        <Facts
          items={[
            ['Пациент', visit.patientName],
            ['Зачем', visit.category?.name ?? null],
            ['Взять с собой', visit.category?.bring ?? null],
            ['Врач', `${visit.doctorName}, ${uncapital(visit.specialtyTitle)}`],
            ['Где', `${visit.organizationName}, ${visit.address}`],
            ['Кабинет', visit.room || null],
            ['Телефон', visit.phone && <a href={phoneHref(visit.phone)}>{phoneWords(visit.phone)}</a>],
            ['Причина отмены', visit.cancelReason],
          ]}
        />
        {ahead && <Actions visit={visit} />}
      </Card>
      {ahead ? <Advice visit={visit} /> : <Again visit={visit} />}
    </Page>
  )
}

function Actions({ visit }: { visit: Appointment }): ReactNode {
  const [asking, setAsking] = useState(false)
  const params = { patientId: visit.patientId, appointmentId: visit.id }
  return (
    <div className="stack no-print">
      <div className="cluster">
        <ButtonLink icon="download" href={pathOf(downloadTicket, { params })} download>
          Талон в PDF
        </ButtonLink>
        <ButtonLink icon="calendar" href={pathOf(downloadCalendar, { params })} download>
          В календарь
        </ButtonLink>
      </div>
      {visit.changeUntil && (
        <>
          <hr />
          <div className="cluster">
            <ButtonLink icon="move" href={at.moving(visit)}>
              Перенести
            </ButtonLink>
            <ButtonLink icon="clock" href={at.joinWaiting(sooner(visit))}>
              Хочу раньше
            </ButtonLink>
            <Button kind="danger" icon="cross" onClick={() => setAsking(true)}>
              Отменить запись
            </Button>
          </div>
          <p className="soft small">
            Перенести или отменить можно до: {momentWords(visit.changeUntil, visit.timeZone)}.
          </p>
        </>
      )}
      {!visit.changeUntil && (
        <Notice title="Отменить или перенести эту запись здесь уже нельзя">
          <p>
            Не сможете прийти — позвоните в регистратуру{visit.phone && <>: {phoneLink(visit.phone)}</>}. Тогда время
            достанется другому.
          </p>
        </Notice>
      )}
      <Cancelling
        visit={visit}
        open={asking}
        refreshes={[showAppointment, listPatientAppointments]}
        onClose={() => setAsking(false)}
      />
    </div>
  )
}

/** The waiting list for a time sooner than this visit's. */
const sooner = (visit: Appointment) => ({
  for: visit.patientId,
  org: visit.organizationId,
  specialty: visit.specialtyCode,
  doctor: visit.staffId,
  moving: visit.id,
})

const phoneLink = (phone: string) => <a href={phoneHref(phone)}>{phoneWords(phone)}</a>

const Advice = ({ visit }: { visit: Appointment }) => (
  <Card title="Как пройти на приём">
    <ol className="plain-list">
      <li>Возьмите паспорт, полис ОМС и СНИЛС. За ребёнка — и его документы.</li>
      <li>
        В регистратуре покажите QR-код или назовите код талона. Можно прийти сразу к кабинету
        {visit.room && ` ${visit.room}`}.
      </li>
      <li>Приходите за десять минут. Если опоздаете, позвоните: время могут перенести.</li>
    </ol>
  </Card>
)

const Again = ({ visit }: { visit: Appointment }) => (
  <div className="cluster no-print">
    <ButtonLink
      kind="primary"
      icon="calendar-plus"
      href={at.book({
        for: visit.patientId,
        org: visit.organizationId,
        specialty: visit.specialtyCode,
        doctor: visit.staffId,
      })}
    >
      Записаться к этому врачу снова
    </ButtonLink>
    <ButtonLink href={at.card({ id: visit.patientId, relation: 'other' })}>Открыть карту</ButtonLink>
  </div>
)
