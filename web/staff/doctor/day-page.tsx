import { useEffect, useState, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listDayVisits, type DayVisit } from '../../../contracts/day-visits.ts'
import { startVisit } from '../../../contracts/chart.ts'
import { useAction, useLive, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  capital,
  Card,
  count,
  dayOf,
  dayWords,
  Dialog,
  EmptyState,
  ErrorState,
  Page,
  Rows,
  Skeleton,
  timeWords,
} from '../../ui/index.ts'
import { at, dayIn } from '../addresses.ts'
import { DayNav } from '../day-nav.tsx'
import { ArrowList } from '../keyboard/arrow-list.tsx'
import { bornWords } from '../people/person-words.ts'
import { VisitActions } from '../people/visit-actions.tsx'
import { answerWords, statusWords } from '../people/visit-words.ts'
import { useSession, useToday } from '../session.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { groupsOf, progressOf } from './day-order.ts'
import { forgetOldDrafts } from './local-drafts.ts'

/** The doctor's list of a day, fresh by itself: whoever has come stands first. */
export default function DayPage(): ReactNode {
  const { me, zone } = useSession()
  const today = useToday()
  const [, navigate] = useLocation()
  const day = dayIn(new URLSearchParams(useSearch())) ?? today
  const params = { organizationId: me.organizationId ?? '' }
  const query = { day, ...(me.staffId && { staffId: me.staffId }) }
  const read = useRead(listDayVisits, { params, query }, { keepPrevious: true })
  useLive(me.staffId ? [`day/${me.staffId}`] : [], [listDayVisits])
  useEffect(() => forgetOldDrafts(localStorage, Date.now()), [])
  const visits = read.data?.visits
  const { seen, all } = progressOf(visits ?? [])
  return (
    <Page title="Приём" lead={`${capital(dayWords(day, today))}${all > 0 ? `. Принято ${seen} из ${all}` : ''}`}>
      <DayNav
        day={day}
        today={today}
        onChange={(next) => navigate(at.day(next === today ? undefined : next), { replace: true })}
      />
      {read.error && !visits ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !visits ? (
        <Skeleton shape="card" label="Загружаем список приёма" />
      ) : all === 0 ? (
        <EmptyState icon="calendar" title="На этот день никто не записан">
          <p>Новые записи появятся здесь сами.</p>
        </EmptyState>
      ) : (
        <ArrowList>
          <div className="stack">
            {groupsOf(visits).map((group) => (
              <Card
                key={group.title}
                title={group.title}
                aside={<span className="soft">{count(group.visits.length, ['человек', 'человека', 'человек'])}</span>}
              >
                <Rows label={group.title}>
                  {group.visits.map((visit) => (
                    <VisitRow key={visit.appointmentId} visit={visit} zone={read.data?.timeZone ?? zone} />
                  ))}
                </Rows>
              </Card>
            ))}
          </div>
        </ArrowList>
      )}
    </Page>
  )
}

const openWords: Partial<Record<DayVisit['status'], string>> = {
  'in-progress': 'Продолжить',
  fulfilled: 'Открыть запись',
}

function VisitRow({ visit, zone }: { visit: DayVisit; zone: string }): ReactNode {
  const today = useToday()
  const [, navigate] = useLocation()
  const [more, setMore] = useState(false)
  const { appointmentId, patient, startsAt, status, code, room } = visit
  const state = statusWords(status)
  const answer = answerWords(visit)
  const start = useAction(startVisit, {
    refreshes: [listDayVisits],
    onDone: ({ id, state, documentId }) =>
      navigate(state === 'signed' && documentId ? at.document(patient.id, documentId) : at.visit(patient.id, id)),
  })
  const canStart = dayOf(startsAt, zone) <= today && status !== 'no-show'
  const begun = status === 'in-progress' || status === 'fulfilled'
  return (
    <li className="day-row">
      <span className="day-row__time numbers">{timeWords(startsAt, zone)}</span>
      <span className="row__words">
        <span className="row__title">{patient.name}</span>
        <span className="row__about">
          {bornWords(patient.birthDate, today)}. Код <span className="numbers">{code}</span>
          {room && `, кабинет ${room}`}
          {visit.category && `. ${visit.category}`}
        </span>
      </span>
      <span>
        <Badge kind={state.kind}>{state.text}</Badge>
        {answer && <Badge kind={answer.kind}>{answer.text}</Badge>}
      </span>
      <div className="day-row__actions cluster">
        {!start.busy && <ProblemNotice refusal={start.refusal} />}
        {canStart && (
          <Button
            size="small"
            kind={status === 'arrived' || status === 'in-progress' ? 'primary' : 'quiet'}
            busy={start.busy}
            busyText="Открываем…"
            data-stop
            onClick={() => start.run({ params: { patientId: patient.id }, body: { appointmentId } })}
          >
            {openWords[status] ?? 'Начать приём'}
            <span className="visually-hidden">: {patient.name}</span>
          </Button>
        )}
        <ButtonLink size="small" href={at.card(patient.id)} label={`Карта: ${patient.name}`}>
          Карта
        </ButtonLink>
        {!begun && (
          <Button size="small" onClick={() => setMore(true)}>
            Другое<span className="visually-hidden">: {patient.name}</span>
          </Button>
        )}
      </div>
      <Dialog open={more} title={patient.name} onClose={() => setMore(false)}>
        <p className="soft">
          {capital(dayWords(dayOf(startsAt, zone), today))}, {timeWords(startsAt, zone)}
        </p>
        <VisitActions
          visit={{ ...visit, id: appointmentId, patientId: patient.id, patientName: patient.name }}
          zone={zone}
          onDone={() => setMore(false)}
        />
      </Dialog>
    </li>
  )
}
