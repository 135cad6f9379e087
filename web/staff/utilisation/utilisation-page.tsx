import { useState, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listOrganizations } from '../../../contracts/organizations.ts'
import { exportUtilisation, showUtilisation, type UsageRow } from '../../../contracts/utilisation.ts'
import { pathOf, useRead } from '../../api/index.ts'
import {
  Button,
  ButtonLink,
  Card,
  dayOf,
  EmptyState,
  ErrorState,
  Facts,
  ownZone,
  Page,
  Select,
  Skeleton,
  Table,
  TextInput,
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'
import { DaysChart } from './days-chart.tsx'
import {
  byOptions,
  periods,
  readFilter,
  shareWords,
  sorted,
  sortOptions,
  waitWords,
  type SortBy,
  type UsageFilter,
} from './usage-words.ts'

/** How doctors' hours were and will be used: by days as a chart, by doctors, rooms and the rest as a table (SCH-6). */
export default function UtilisationPage(): ReactNode {
  const [, navigate] = useLocation()
  const filter = readFilter(new URLSearchParams(useSearch()))
  const read = useRead(showUtilisation, { query: filter }, { keepPrevious: true })
  const [sort, setSort] = useState<SortBy>('title')
  const go = (next: Partial<Record<keyof UsageFilter, string | undefined>>) =>
    navigate(at.utilisation({ ...filter, ...next }), { replace: true })
  const shown = read.data
  return (
    <Page
      title="Использование времени"
      lead="Сколько времени приёма предложено, занято и пропало, и сколько дней ждут записи"
      actions={
        <ButtonLink icon="download" href={pathOf(exportUtilisation, { query: filter })} download>
          Скачать таблицу
        </ButtonLink>
      }
    >
      <Filters filter={filter} {...(shown && { shown })} onChange={go} />
      {read.error ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !shown ? (
        <Skeleton shape="card" label="Считаем" />
      ) : shown.total.offered + shown.total.closed + shown.total.lateCancelled === 0 ? (
        <EmptyState icon="calendar" title="В этом периоде приёма не было">
          <p>Выберите другие дни.</p>
        </EmptyState>
      ) : (
        <>
          <Card title="По дням">
            <Totals total={shown.total} />
            <DaysChart days={shown.days} />
          </Card>
          <Card title={byOptions.find((option) => option.value === shown.by)!.label}>
            <p className="small soft">«Ждать записи» – до третьего свободного времени, открытого пациентам.</p>
            <Select label="Порядок" value={sort} onChange={(value) => setSort(value as SortBy)} options={sortOptions} />
            <Table
              caption="Время приёма"
              rows={sorted(shown.rows, sort)}
              keyOf={(row) => row.key}
              columns={shown.by === 'channel' ? columns.filter((column) => !column.ofTimes) : columns}
            />
          </Card>
        </>
      )}
    </Page>
  )
}

type FiltersProps = {
  filter: UsageFilter
  shown?: { from: string; to: string; by: string }
  onChange: (next: Partial<Record<keyof UsageFilter, string | undefined>>) => void
}

function Filters({ filter, shown, onChange }: FiltersProps): ReactNode {
  const { me } = useSession()
  const places = useRead(listOrganizations, {}, { enabled: me.organizationId === null })
  const today = dayOf(useNow(), ownZone())
  return (
    <div className="stack stack--tight">
      <div className="cluster">
        {periods.map(({ value, label, days }) => {
          const [from, to] = days(today) as [string, string]
          return (
            <Button key={value} size="small" onClick={() => onChange({ from, to })}>
              {label}
            </Button>
          )
        })}
      </div>
      <div className="toolbar">
        <TextInput
          label="С"
          type="date"
          value={filter.from ?? shown?.from ?? ''}
          onChange={(value) => onChange({ from: value || undefined })}
        />
        <TextInput
          label="По"
          type="date"
          value={filter.to ?? shown?.to ?? ''}
          onChange={(value) => onChange({ to: value || undefined })}
        />
        <Select
          label="Разбивка"
          value={filter.by ?? shown?.by ?? 'doctor'}
          onChange={(value) => onChange({ by: value || undefined })}
          options={byOptions}
        />
        {me.organizationId === null && (
          <Select
            label="Организация"
            placeholder="Весь регион"
            value={filter.organizationId ?? ''}
            onChange={(value) => onChange({ organizationId: value || undefined })}
            options={(places.data?.organizations ?? []).map(({ id, shortName }) => ({ value: id, label: shortName }))}
          />
        )}
      </div>
    </div>
  )
}

type Total = Omit<UsageRow, 'key' | 'title' | 'note' | 'thirdFreeDays'>

const Totals = ({ total }: { total: Total }): ReactNode => (
  <Facts
    items={[
      ['Предложено', total.offered],
      ['Занято', `${total.taken} (${shareWords(total)})`],
      ['Не пришли', total.noShow],
      ['Не использовано', total.unused],
      ['Закрыто', total.closed],
      ['Поздние отмены', total.lateCancelled],
      ['Исход не отмечен', total.unmarked],
    ]}
  />
)

/** What fits a screen; the file for a spreadsheet has every count. `ofTimes`: a channel has none, since a time that nobody took belongs to no channel. */
const number = (name: string, field: keyof Total, ofTimes = false) => ({
  name,
  numbers: true,
  ofTimes,
  cell: (row: UsageRow) => row[field],
})

const columns = [
  {
    name: 'Что',
    heading: true,
    ofTimes: false,
    cell: (row: UsageRow) => (
      <>
        {row.title}
        {row.note && <span className="small soft"> {row.note}</span>}
      </>
    ),
  },
  { name: 'Занято, %', numbers: true, ofTimes: true, cell: shareWords },
  number('Предложено', 'offered', true),
  number('Занято', 'taken'),
  number('Не пришли', 'noShow'),
  number('Пропало', 'unused', true),
  number('Закрыто', 'closed', true),
  number('Поздние отмены', 'lateCancelled'),
  {
    name: 'Ждать записи',
    numbers: true,
    ofTimes: true,
    cell: (row: UsageRow) => waitWords(row.thirdFreeDays),
  },
]
