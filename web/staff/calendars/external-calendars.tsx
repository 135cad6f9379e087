import { useState, type ReactNode } from 'react'
import {
  listExternalCalendars,
  readExternalCalendar,
  removeExternalCalendar,
  type CalendarConflict,
  type ExternalCalendar,
} from '../../../contracts/calendars.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  Card,
  count,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  momentWords,
  Notice,
  Row,
  Rows,
  showToast,
  Skeleton,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { AddExternal } from './add-external.tsx'
import { failureWords, kindWords } from './external-words.ts'

/** How soon what is read in the background is shown here, milliseconds. */
const SOON = 15_000

/** Calendars outside that say when doctors are busy, and the booked visits that they stand against. */
export function ExternalCalendars(): ReactNode {
  const read = useRead(listExternalCalendars, {}, { every: () => SOON })
  const [adding, setAdding] = useState(false)
  const shown = read.data
  return (
    <>
      <Card
        title="Внешние календари"
        aside={
          <Button icon="plus" onClick={() => setAdding(true)}>
            Подключить
          </Button>
        }
      >
        <p className="soft">
          Когда врач занят по своему календарю, свободное время в расписании закрывается само и открывается, если
          событие убрали. Что за событие, мы не храним.
        </p>
        {read.error && !shown ? (
          <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
        ) : !shown ? (
          <Skeleton shape="rows" label="Загружаем внешние календари" />
        ) : shown.calendars.length === 0 ? (
          <EmptyState icon="calendar" title="Внешних календарей нет" />
        ) : (
          shown.calendars.map((calendar) => (
            <External key={calendar.id} calendar={calendar} timeZone={shown.timeZone} />
          ))
        )}
      </Card>
      {shown && shown.conflicts.length > 0 && <Conflicts conflicts={shown.conflicts} timeZone={shown.timeZone} />}
      <Dialog open={adding} title="Подключить внешний календарь" onClose={() => setAdding(false)}>
        <AddExternal onClose={() => setAdding(false)} />
      </Dialog>
    </>
  )
}

function External({ calendar, timeZone }: { calendar: ExternalCalendar; timeZone: string }): ReactNode {
  const [asking, setAsking] = useState(false)
  const again = useAction(readExternalCalendar, {
    refreshes: [listExternalCalendars],
    onDone: () => showToast({ text: 'Читаем календарь: обновится через несколько секунд' }),
  })
  const remove = useAction(removeExternalCalendar, {
    refreshes: [listExternalCalendars],
    onDone: ({ opened }) => {
      setAsking(false)
      showToast({
        text: `Календарь отключён${opened > 0 ? `, открылось: ${count(opened, ['время', 'времени', 'времён'])}` : ''}`,
      })
    },
  })
  const { name, staffName, kind, host, readAt, busyTimes, failingSince, failure } = calendar
  return (
    <section className="stack" aria-label={`Календарь «${name}»`}>
      <div className="card__head">
        <h3>{name}</h3>
        {failingSince ? (
          <Badge kind="warning">Не читается</Badge>
        ) : readAt ? (
          <Badge kind="success">Читается</Badge>
        ) : (
          <Badge>Ещё не прочитан</Badge>
        )}
      </div>
      {failingSince && (
        <Notice kind="warning" title="Календарь не читается">
          <p>{failureWords(failure)}</p>
          <p>
            {readAt
              ? 'Запись идёт как обычно: действует то, что было прочитано в последний раз.'
              : 'Запись идёт как обычно: пока календарь не прочитан, он ничего не закрывает.'}
          </p>
        </Notice>
      )}
      <Facts
        items={[
          ['Врач', staffName],
          ['Откуда', `${kindWords[kind]}, ${host}`],
          failingSince !== null && ['Не читается с', momentWords(failingSince, timeZone)],
          ['Прочитан', readAt ? momentWords(readAt, timeZone) : 'ещё ни разу'],
          readAt !== null && ['Занят впереди', count(busyTimes, ['раз', 'раза', 'раз'])],
        ]}
      />
      {!again.busy && <ProblemNotice refusal={again.refusal} />}
      <div className="cluster">
        <Button
          busy={again.busy}
          busyText="Просим прочитать…"
          onClick={() => again.run({ params: { calendarId: calendar.id } })}
        >
          Прочитать сейчас
        </Button>
        <Button kind="danger" onClick={() => setAsking(true)}>
          Отключить
        </Button>
      </div>
      <Dialog open={asking} title={`Отключить календарь: ${name}`} onClose={() => setAsking(false)}>
        <div className="stack">
          <p>Время, которое он закрыл, снова откроется для записи. Записанных пациентов это не коснётся.</p>
          {!remove.busy && <ProblemNotice refusal={remove.refusal} />}
          <div className="cluster">
            <Button
              kind="danger"
              busy={remove.busy}
              busyText="Отключаем…"
              onClick={() => remove.run({ params: { calendarId: calendar.id } })}
            >
              Отключить
            </Button>
            <Button onClick={() => setAsking(false)}>Не отключать</Button>
          </div>
        </div>
      </Dialog>
    </section>
  )
}

function Conflicts({ conflicts, timeZone }: { conflicts: readonly CalendarConflict[]; timeZone: string }): ReactNode {
  return (
    <Card title="Записаны, когда врач занят">
      <p className="soft">Эти записи стоят: перенесите или отмените их, либо освободите время в своём календаре.</p>
      <Rows label="Записи в занятое время">
        {conflicts.map((c) => (
          <Row
            key={c.appointmentId}
            icon="warning"
            href={at.patient(c.patientId)}
            title={`${momentWords(c.startsAt, timeZone)}, ${c.patientName}`}
            about={c.staffName}
          />
        ))}
      </Rows>
    </Card>
  )
}
