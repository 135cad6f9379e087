import { useState, type ReactNode } from 'react'
import { showSystemActivity, type SystemActivity, type SystemInterface } from '../../../contracts/other-systems.ts'
import { useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  Card,
  Checkbox,
  dateDigits,
  EmptyState,
  ErrorState,
  momentWords,
  Notice,
  ownZone,
  Page,
  Segments,
  Skeleton,
  stampWords,
  Table,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { outcomeWords } from '../security/journal-words.ts'
import { exampleCall } from './example-calls.ts'
import { interfaces } from './system-words.ts'

const periods = [
  { value: '1', label: 'Сегодня' },
  { value: '7', label: '7 дней' },
  { value: '30', label: '30 дней' },
] as const
type Period = (typeof periods)[number]['value']

/** What a connected system asks and what it is refused, and how to try the connection. */
export default function SystemPage({ systemId }: { systemId: string }): ReactNode {
  const [period, setPeriod] = useState<Period>('7')
  const [refusedOnly, setRefusedOnly] = useState(false)
  const zone = ownZone()
  const read = useRead(showSystemActivity, {
    params: { systemId },
    query: { days: Number(period), zone, ...(refusedOnly && { outcome: 'refused' as const }) },
  })
  const activity = read.data
  return (
    <Page
      title={activity?.system.name ?? 'Подключённая система'}
      lead="Обращения системы, отказы и проверка связи"
      back={{ href: at.systems(), label: 'К системам' }}
      actions={
        <Button icon="clock" busy={read.isFetching} onClick={() => void read.refetch()}>
          Обновить
        </Button>
      }
    >
      <Segments legend="За какое время" value={period} onChange={setPeriod} options={periods} />
      {read.error && !activity ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !activity ? (
        <Skeleton shape="card" label="Загружаем обращения системы" />
      ) : (
        <>
          <Asked activity={activity} />
          <Refused activity={activity} />
          <Latest activity={activity} refusedOnly={refusedOnly} onChange={setRefusedOnly} />
          <TryIt by={activity.system.interfaces} />
        </>
      )}
    </Page>
  )
}

const outcomeColumns = [
  { name: 'Выполнено', cell: (row: { done: number }) => row.done, numbers: true },
  { name: 'Отказано', cell: (row: { refused: number }) => row.refused, numbers: true },
  { name: 'Сбоев у нас', cell: (row: { failed: number }) => row.failed, numbers: true },
]

type Day = SystemActivity['days'][number]
type Operation = SystemActivity['operations'][number]

function Asked({ activity }: { activity: SystemActivity }): ReactNode {
  if (activity.days.length === 0)
    return (
      <EmptyState icon="device" title="За это время система не обращалась">
        <p>Проверьте связь примером ниже: обращение появится здесь сразу.</p>
      </EmptyState>
    )
  return (
    <>
      {!activity.isWhole && (
        <Notice kind="info" title="Сосчитаны не все обращения">
          <p>Их очень много, поэтому счёт идёт с {stampWords(activity.countedFrom, ownZone())}.</p>
        </Notice>
      )}
      <Card title="По дням">
        <Table
          caption="Обращения по дням"
          rows={activity.days}
          keyOf={(row) => row.day}
          columns={[{ name: 'День', cell: (row: Day) => dateDigits(row.day), heading: true }, ...outcomeColumns]}
        />
      </Card>
      <Card title="По операциям">
        <Table
          caption="Обращения по операциям, чаще всего сверху"
          rows={activity.operations}
          keyOf={(row) => row.operation}
          columns={[
            { name: 'Операция', cell: (row: Operation) => row.title, heading: true },
            ...outcomeColumns,
            { name: 'В среднем, мс', cell: (row: Operation) => row.averageMs, numbers: true },
            { name: 'Дольше всего, мс', cell: (row: Operation) => row.longestMs, numbers: true },
          ]}
        />
      </Card>
    </>
  )
}

type Refusal = SystemActivity['refusals'][number]

const refusalColumns = [
  { name: 'Что система узнала', cell: (row: Refusal) => row.title, heading: true },
  { name: 'Код', cell: (row: Refusal) => <code className="example">{row.codes.join(', ')}</code> },
  { name: 'Сколько раз', cell: (row: Refusal) => row.count, numbers: true },
  { name: 'Последний раз', cell: (row: Refusal) => momentWords(row.latestAt, ownZone()), numbers: true },
]

function Refused({ activity }: { activity: SystemActivity }): ReactNode {
  if (activity.refusals.length === 0) return null
  return (
    <Card title="Отказы">
      <Table
        caption="Отказы, чаще всего сверху"
        rows={activity.refusals}
        keyOf={(row) => row.problem ?? 'failed'}
        columns={refusalColumns}
      />
    </Card>
  )
}

type Call = SystemActivity['latest'][number]

const Outcome = ({ call }: { call: Call }): ReactNode => {
  const { text, kind } = outcomeWords(call.outcome)
  return (
    <>
      <Badge kind={kind}>{text}</Badge>
      {call.problemTitle !== null && <> {call.problemTitle}</>}
    </>
  )
}

const callColumns = [
  { name: 'Когда', cell: (row: Call) => stampWords(row.at, ownZone()), numbers: true },
  { name: 'Что', cell: (row: Call) => row.title, heading: true },
  { name: 'Чем кончилось', cell: (row: Call) => <Outcome call={row} /> },
  { name: 'Время, мс', cell: (row: Call) => row.durationMs, numbers: true },
  { name: 'Откуда', cell: (row: Call) => row.address ?? '—' },
  { name: 'Номер запроса', cell: (row: Call) => <code className="example">{row.requestId}</code> },
]

function Latest({
  activity: { latest, days },
  refusedOnly,
  onChange,
}: {
  activity: SystemActivity
  refusedOnly: boolean
  onChange: (on: boolean) => void
}): ReactNode {
  if (days.length === 0) return null
  return (
    <Card title="Последние обращения">
      <Checkbox label="Только отказы" checked={refusedOnly} onChange={onChange} />
      {latest.length === 0 ? (
        <p>Отказов не было.</p>
      ) : (
        <Table
          caption="Последние обращения, новые сверху"
          rows={latest}
          keyOf={(row) => row.id}
          columns={callColumns}
        />
      )}
    </Card>
  )
}

function TryIt({ by }: { by: readonly SystemInterface[] }): ReactNode {
  const origin = globalThis.location.origin
  return (
    <Card title="Проверка связи">
      <p>Команда спрашивает и ничего не меняет. Вместо слова ТОКЕН подставьте токен, который система получила.</p>
      {interfaces
        .filter(({ value }) => by.includes(value))
        .map(({ value, title, description, descriptionTitle }) => (
          <section key={value} className="stack">
            <h3>{title}</h3>
            <p>
              <a href={description} target="_blank" rel="noreferrer">
                {descriptionTitle}
              </a>
            </p>
            <code className="example">{exampleCall(value, origin)}</code>
          </section>
        ))}
    </Card>
  )
}
