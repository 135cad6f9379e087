import { useState, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { searchJournal } from '../../../contracts/journal.ts'
import { usePages } from '../../api/index.ts'
import {
  Badge,
  Button,
  Card,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  ownZone,
  Page,
  Select,
  Skeleton,
  stampWords,
  Table,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import {
  actorWords,
  groundsWords,
  outcomeOptions,
  outcomeWords,
  readFilter,
  shortId,
  type Action,
  type JournalFilter,
} from './journal-words.ts'
import { operationOptions, operationWords } from './operations.ts'

/** The whole journal of actions, for the security officer (SEC-2). */
export default function JournalPage(): ReactNode {
  const [, navigate] = useLocation()
  const filter = readFilter(new URLSearchParams(useSearch()))
  const [opened, setOpened] = useState<Action | undefined>(undefined)
  const read = usePages(searchJournal, { query: filter })
  const rows = read.pages?.flatMap((page) => page.rows)
  const go = (next: Partial<Record<keyof JournalFilter, string | undefined>>) => {
    setOpened(undefined)
    navigate(at.journal({ ...filter, ...next }), { replace: true })
  }
  return (
    <Page
      title="Журнал действий"
      lead="Кто, когда и что делал; отказы и просмотры тоже"
      actions={
        <Button icon="clock" busy={read.retrying && !read.loadingMore} onClick={read.retry}>
          Обновить
        </Button>
      }
    >
      <Filters filter={filter} onChange={go} />
      {read.refusal && !rows ? (
        <ErrorState problem={read.refusal.problem} onRetry={read.retry} retrying={read.retrying} />
      ) : !rows ? (
        <Skeleton shape="rows" count={8} label="Загружаем журнал" />
      ) : rows.length === 0 ? (
        <EmptyState
          icon="search"
          title="Под такой отбор ничего не подходит"
          actions={<Button onClick={() => navigate(at.journal())}>Показать весь журнал</Button>}
        />
      ) : (
        <Card>
          <Actions rows={rows} onOpen={setOpened} />
          {read.hasMore && (
            <Button wide busy={read.loadingMore} onClick={read.more}>
              Показать ещё
            </Button>
          )}
        </Card>
      )}
      <Dialog open={opened !== undefined} title="Действие" width="wide" onClose={() => setOpened(undefined)}>
        {opened && <Details action={opened} onFilter={go} />}
      </Dialog>
    </Page>
  )
}

type FiltersProps = {
  filter: JournalFilter
  onChange: (next: Partial<Record<keyof JournalFilter, string | undefined>>) => void
}

function Filters({ filter, onChange }: FiltersProps): ReactNode {
  const date = (name: 'from' | 'to', label: string) => (
    <TextInput
      label={label}
      type="date"
      value={filter[name] ?? ''}
      onChange={(value) => onChange({ [name]: value || undefined })}
    />
  )
  const only = (name: 'actorId' | 'patientId', label: string) =>
    filter[name] && (
      <Button size="small" icon="cross" onClick={() => onChange({ [name]: undefined })}>
        {label} <span className="numbers">{shortId(filter[name])}</span>
        <span className="visually-hidden">, снять отбор</span>
      </Button>
    )
  return (
    <div className="stack stack--tight">
      <div className="toolbar">
        {date('from', 'С (дни по UTC)')}
        {date('to', 'По')}
        <Select
          label="Что делали"
          placeholder="Что угодно"
          value={filter.operation ?? ''}
          onChange={(value) => onChange({ operation: value || undefined })}
          options={operationOptions}
        />
        <Select
          label="Итог"
          placeholder="Любой"
          value={filter.outcome ?? ''}
          onChange={(value) => onChange({ outcome: value || undefined })}
          options={outcomeOptions}
        />
      </div>
      {(filter.actorId || filter.patientId) && (
        <div className="cluster">
          {only('actorId', 'Только сотрудник или гражданин')}
          {only('patientId', 'Только пациент')}
        </div>
      )}
    </div>
  )
}

type ActionsProps = { rows: readonly Action[]; onOpen: (action: Action) => void }

const Actions = ({ rows, onOpen }: ActionsProps) => (
  <Table caption="Действия, новые сверху" rows={rows} keyOf={(row) => row.id} columns={columnsOf(onOpen)} />
)

const columnsOf = (onOpen: (action: Action) => void) => [
  { name: 'Когда', numbers: true, cell: (row: Action) => <time dateTime={row.at}>{moment(row.at)}</time> },
  {
    name: 'Что',
    heading: true,
    cell: (row: Action) => (
      <button type="button" className="link-button" onClick={() => onOpen(row)}>
        {operationWords(row.operation)}
      </button>
    ),
  },
  { name: 'Кто', cell: (row: Action) => `${row.actorName ?? '—'}, ${actorWords(row.actorRole)}` },
  {
    name: 'Пациент',
    numbers: true,
    cell: (row: Action) => (row.patientId ? `${shortId(row.patientId)}, ${groundsWords(row.grounds)}` : '—'),
  },
  {
    name: 'Итог',
    cell: (row: Action) => <Badge kind={outcomeWords(row.outcome).kind}>{outcomeWords(row.outcome).text}</Badge>,
  },
]

/** To the second: what happened in one minute must be told apart. */
const moment = (at: string): string => `${stampWords(at, ownZone())}:${at.slice(17, 19)}`

function Details({ action, onFilter }: { action: Action; onFilter: FiltersProps['onChange'] }): ReactNode {
  const { actorId, patientId } = action
  const id = (value: string) => <span className="numbers serial">{value}</span>
  return (
    <>
      <Facts
        items={[
          ['Что', operationWords(action.operation)],
          ['Операция', action.operation],
          ['Когда', moment(action.at)],
          ['Кто', `${action.actorName ?? '—'}, ${actorWords(action.actorRole)}`],
          ['Учётная запись', actorId && id(actorId)],
          ['Пациент', patientId && id(patientId)],
          ['Основание', patientId && groundsWords(action.grounds)],
          ['Предмет', action.objectType && `${action.objectType} ${action.objectId ?? ''}`],
          ['Итог', `${outcomeWords(action.outcome).text}${action.problem ? ` (${action.problem})` : ''}`],
          ['Сетевой адрес', action.address],
          ['Номер запроса', id(action.requestId)],
          ['Длительность', `${action.durationMs} мс`],
        ]}
      />
      <div className="cluster">
        {actorId && <Button onClick={() => onFilter({ actorId })}>Всё, что делал этот человек</Button>}
        {patientId && <Button onClick={() => onFilter({ patientId })}>Всё с картой этого пациента</Button>}
      </div>
    </>
  )
}
