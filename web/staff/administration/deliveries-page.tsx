import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listDeliveries, type Delivery } from '../../../contracts/notifications.ts'
import { usePages } from '../../api/index.ts'
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorState,
  Notice,
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
  channelOptions,
  channelWords,
  readFilter,
  stateOptions,
  stateWords,
  type DeliveryFilter,
} from './delivery-words.ts'

/** What was sent outside the cabinet and what became of it, for the administrator. No names; addresses are masked. */
export default function DeliveriesPage(): ReactNode {
  const [, navigate] = useLocation()
  const filter = readFilter(new URLSearchParams(useSearch()))
  const read = usePages(listDeliveries, { query: filter })
  const rows = read.pages?.flatMap((page) => page.deliveries)
  const go = (next: Partial<Record<keyof DeliveryFilter, string | undefined>>) =>
    navigate(at.deliveries({ ...filter, ...next }), { replace: true })
  return (
    <Page
      title="Доставка уведомлений"
      lead="Что ушло почтой, SMS и в браузеры и что с этим стало"
      actions={
        <Button icon="clock" busy={read.retrying && !read.loadingMore} onClick={read.retry}>
          Обновить
        </Button>
      }
    >
      <NotConnected connected={read.pages?.[0]?.connected} />
      <Filters filter={filter} onChange={go} />
      {read.refusal && !rows ? (
        <ErrorState problem={read.refusal.problem} onRetry={read.retry} retrying={read.retrying} />
      ) : !rows ? (
        <Skeleton shape="rows" count={8} label="Загружаем журнал" />
      ) : rows.length === 0 ? (
        <EmptyState
          icon="search"
          title={Object.keys(filter).length > 0 ? 'Под такой отбор ничего не подходит' : 'Ещё ничего не отправляли'}
          actions={
            Object.keys(filter).length > 0 && (
              <Button onClick={() => navigate(at.deliveries())}>Показать весь журнал</Button>
            )
          }
        />
      ) : (
        <Card>
          <Table caption="Сообщения, новые сверху" rows={rows} keyOf={(row) => row.id} columns={columns} />
          {read.hasMore && (
            <Button wide busy={read.loadingMore} onClick={read.more}>
              Показать ещё
            </Button>
          )}
        </Card>
      )}
    </Page>
  )
}

function NotConnected({ connected }: { connected: Record<Delivery['channel'], boolean> | undefined }): ReactNode {
  const off = connected && (['email', 'sms', 'push'] as const).filter((channel) => !connected[channel])
  if (!off || off.length === 0) return null
  return (
    <Notice kind="warning" title={`Не подключено: ${off.map((channel) => channelWords[channel]).join(', ')}`}>
      <p>Настройки перечислены в руководстве по эксплуатации. Без них сообщения видны только в кабинете.</p>
    </Notice>
  )
}

type FiltersProps = {
  filter: DeliveryFilter
  onChange: (next: Partial<Record<keyof DeliveryFilter, string | undefined>>) => void
}

const Filters = ({ filter, onChange }: FiltersProps) => (
  <div className="toolbar">
    <TextInput
      label="С"
      type="date"
      value={filter.from ?? ''}
      onChange={(value) => onChange({ from: value || undefined })}
    />
    <TextInput
      label="По"
      type="date"
      value={filter.to ?? ''}
      onChange={(value) => onChange({ to: value || undefined })}
    />
    <Select
      label="Чем"
      placeholder="Чем угодно"
      value={filter.channel ?? ''}
      onChange={(value) => onChange({ channel: value || undefined })}
      options={channelOptions}
    />
    <Select
      label="Что стало"
      placeholder="Что угодно"
      value={filter.state ?? ''}
      onChange={(value) => onChange({ state: value || undefined })}
      options={stateOptions}
    />
  </div>
)

const stamp = (instant: string) => <time dateTime={instant}>{stampWords(instant, ownZone())}</time>

const columns = [
  { name: 'Создано', numbers: true, cell: (row: Delivery) => stamp(row.createdAt) },
  { name: 'Что', heading: true, cell: (row: Delivery) => row.title },
  { name: 'Куда', cell: (row: Delivery) => `${channelWords[row.channel]}, ${row.address}` },
  {
    name: 'Что стало',
    cell: (row: Delivery) => (
      <>
        <Badge kind={stateWords(row.state).kind}>{stateWords(row.state).text}</Badge>
        {row.reason && <span className="small soft"> {row.reason}</span>}
      </>
    ),
  },
  { name: 'Попыток', numbers: true, cell: (row: Delivery) => row.attempts },
  {
    name: 'Когда',
    numbers: true,
    cell: (row: Delivery) => (row.finishedAt ? stamp(row.finishedAt) : <>не раньше {stamp(row.notBefore)}</>),
  },
]
