import { useState, type ReactNode } from 'react'
import { listCalendar } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import {
  Badge,
  Card,
  dateWords,
  EmptyState,
  ErrorState,
  Page,
  Segments,
  Skeleton,
  Table,
  weekdayWords,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { weekdayNames } from '../organisation/weekly-hours.ts'
import { useToday } from '../session.tsx'

/** Days of the production calendar on which people work otherwise than their weekday tells. */
export default function HolidaysPage(): ReactNode {
  const thisYear = Number(useToday().slice(0, 4))
  const [year, setYear] = useState(String(thisYear))
  const read = useRead(listCalendar, { params: { year } }, { keepPrevious: true })
  const years = [thisYear - 1, thisYear, thisYear + 1].map((y) => ({ value: String(y), label: String(y) }))
  return (
    <Page title="Производственный календарь" back={{ href: at.absences(), label: 'Отсутствия и закрытия' }}>
      <Segments legend="Год" value={year} onChange={setYear} options={years} />
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="card" label="Загружаем календарь" />
      ) : read.data.days.length === 0 ? (
        <EmptyState icon="calendar" title="Календарь этого года не загружен">
          <p>Его загружает администратор системы: команда «rmis import calendar».</p>
        </EmptyState>
      ) : (
        <Card>
          <Table
            caption={`Особые дни ${year} года`}
            rows={read.data.days}
            keyOf={({ day }) => day}
            columns={[
              {
                name: 'День',
                heading: true,
                cell: ({ day }) => `${dateWords(day, Number(year))}, ${weekdayWords(day, true)}`,
              },
              { name: 'Что за день', cell: ({ name }) => name },
              { name: 'Приём', cell: worksCell },
            ]}
          />
        </Card>
      )}
    </Page>
  )
}

function worksCell({ kind, like }: { kind: 'holiday' | 'short' | 'working'; like: number | null }): ReactNode {
  if (kind === 'holiday') return <Badge>приёма нет</Badge>
  if (kind === 'short') return <Badge kind="warning">на час короче</Badge>
  return <Badge kind="success">по часам дня «{weekdayNames[like! - 1]?.toLowerCase()}»</Badge>
}
