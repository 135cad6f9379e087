import { useState, type ReactNode } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'
import { leaveWaiting, listPatientWaiting, type WaitingEntry } from '../../../contracts/waiting.ts'
import { useAction, useLive, useRead } from '../../api/index.ts'
import {
  Button,
  ButtonLink,
  Card,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  inOneSentence,
  momentWords,
  Notice,
  Page,
  Skeleton,
  useNow,
} from '../../ui/index.ts'
import { expectationWords, hoursWords, periodWords, placeWords } from '../../domain/waiting-words.ts'
import { at } from '../addresses.ts'
import { OfferCard } from '../blocks/offer-card.tsx'
import { WhoseCard } from '../blocks/whose-card.tsx'
import { WithCard } from '../blocks/with-card.tsx'
import { useWho } from '../session.tsx'

const EVERY_MS = 60_000

/** What one waits for: the place in each queue, and the time that has come free. */
export default function WaitingPage(): ReactNode {
  return (
    <WithCard title="Лист ожидания">
      <Waiting />
    </WithCard>
  )
}

function Waiting(): ReactNode {
  const patient = useWho()
  const fresh = (useHistoryState() as { fresh?: string } | null)?.fresh
  // The place changes by what others do, of which a patient is not told.
  const read = useRead(listPatientWaiting, { params: { patientId: patient.id } }, { every: () => EVERY_MS })
  useLive([`patient/${patient.id}`], [listPatientWaiting])
  const entries = read.data?.entries
  return (
    <Page title="Лист ожидания" lead="Когда время освободится, мы придержим его за вами и спросим">
      <WhoseCard address={at.waiting} />
      {fresh === 'joined' && !entries?.some((entry) => entry.offer) && (
        <Notice live kind="success" title="Вы в листе ожидания">
          <p>Как только подходящее время освободится, оно появится здесь и на главной странице.</p>
        </Notice>
      )}
      {read.error && !entries ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !entries ? (
        <Skeleton shape="card" label="Загружаем лист ожидания" />
      ) : entries.length === 0 ? (
        <EmptyState
          icon="clock"
          title="Вы ничего не ждёте"
          actions={
            <ButtonLink kind="primary" icon="calendar-plus" href={at.book({ for: patient.id })}>
              Записаться к врачу
            </ButtonLink>
          }
        >
          <p>Если у нужного врача нет свободного времени, на шаге выбора времени можно встать в лист ожидания.</p>
        </EmptyState>
      ) : (
        entries.map((entry) => (
          <div key={entry.id} className="stack">
            {entry.offer && <OfferCard key={entry.offer.id} entry={entry} offer={entry.offer} />}
            <Entry entry={entry} />
          </div>
        ))
      )}
    </Page>
  )
}

function Entry({ entry }: { entry: WaitingEntry }): ReactNode {
  const [asking, setAsking] = useState(false)
  const thisYear = useNow().getFullYear()
  return (
    <Card title={entry.specialtyTitle}>
      <Facts
        items={[
          ['Место в очереди', placeWords(entry)],
          ['Сколько ждать', expectationWords(entry.expectedDays)],
          ['Где', entry.organizationName],
          ['Врач', entry.doctorName ?? 'Любой'],
          ['Дни', periodWords(entry, thisYear)],
          ['Время', hoursWords(entry)],
        ]}
      />
      {entry.visit && <WithVisit entry={entry} visit={entry.visit} />}
      <div>
        <Button icon="cross" onClick={() => setAsking(true)}>
          Выйти из листа
        </Button>
      </div>
      <Leaving entry={entry} open={asking} onClose={() => setAsking(false)} />
    </Card>
  )
}

function WithVisit({ entry, visit }: { entry: WaitingEntry; visit: NonNullable<WaitingEntry['visit']> }): ReactNode {
  const when = momentWords(visit.startsAt, visit.timeZone)
  return entry.earlier ? (
    <p>Ждёте время раньше, чем ваша запись: {when}. Она остаётся вашей.</p>
  ) : (
    <Notice title="Запись к этому врачу у вас уже есть">
      <p>{when}. Пока она есть, новое время мы не предлагаем. Хотите раньше — выйдите из листа и встаньте снова.</p>
    </Notice>
  )
}

function Leaving({ entry, open, onClose }: { entry: WaitingEntry; open: boolean; onClose: () => void }): ReactNode {
  const leave = useAction(leaveWaiting, { refreshes: [listPatientWaiting], onDone: onClose })
  return (
    <Dialog
      open={open}
      title="Выйти из листа ожидания?"
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            busy={leave.busy}
            busyText="Выходим…"
            onClick={() => leave.run({ params: { patientId: entry.patientId, entryId: entry.id } })}
          >
            Выйти
          </Button>
          <Button onClick={onClose}>Остаться</Button>
        </>
      }
    >
      <p>
        {entry.specialtyTitle}, {entry.organizationName}. Место в очереди не сохранится.
      </p>
      {leave.refusal && (
        <Notice live kind="error">
          {inOneSentence(leave.refusal.problem)}
        </Notice>
      )}
    </Dialog>
  )
}
