import { useState, type ReactNode } from 'react'
import {
  compareSchedule,
  showScheduleHistory,
  type Schedule,
  type ScheduleChange,
} from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import { Card, EmptyState, ErrorState, Notice, Page, Skeleton, stampWords, Table, TextInput } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { NoWorkplace } from '../organisation/no-workplace.tsx'
import { useSession, useToday } from '../session.tsx'
import { instantOf } from './local-time.ts'
import { changeKinds, differenceWords } from './timetable-words.ts'

type Props = { staffId: string; scheduleId: string }

/** What a timetable was at any moment, who has changed it, when, why and how. */
export default function HistoryPage({ staffId, scheduleId }: Props): ReactNode {
  const { me, workplace } = useSession()
  if (me.organizationId === null) return <NoWorkplace title="История графика" />
  const doctor = workplace?.staff.find((s) => s.id === staffId)
  return (
    <Page
      title="История графика"
      back={{ href: at.timetables(staffId), label: 'К графикам врача' }}
      lead={doctor?.name}
    >
      {workplace ? <Compare scheduleId={scheduleId} /> : <Skeleton shape="card" />}
      <Changes scheduleId={scheduleId} />
    </Page>
  )
}

function Changes({ scheduleId }: { scheduleId: string }): ReactNode {
  const { zone } = useSession()
  const read = useRead(showScheduleHistory, { params: { scheduleId } })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Загружаем историю" />
  if (read.data.changes.length === 0)
    return (
      <EmptyState icon="clock" title="График не меняли">
        <p>Каждое изменение появится здесь: кто, когда, почему и что именно.</p>
      </EmptyState>
    )
  return read.data.changes.map((change) => <Change key={change.at} change={change} zone={zone} />)
}

const Change = ({ change, zone }: { change: ScheduleChange; zone: string }) => (
  <Card title={changeKinds[change.kind]} aside={<span className="soft">{stampWords(change.at, zone)}</span>}>
    <p>
      {change.author ?? 'Автор не записан'}
      {change.reason && `. Причина: ${change.reason}`}
    </p>
    <Differences caption="Что изменилось" before={change.before} after={change.after} />
  </Card>
)

type DifferencesProps = { caption: string; before: Schedule | null; after: Schedule | null }

const Differences = ({ caption, before, after }: DifferencesProps) => (
  <Table
    caption={caption}
    rows={differenceWords(before, after)}
    keyOf={({ title }) => title}
    columns={[
      { name: 'Что', heading: true, cell: ({ title }) => title },
      ...(before ? [{ name: 'Было', cell: (line: { before: string | null }) => line.before ?? '—' }] : []),
      ...(after
        ? [{ name: before ? 'Стало' : 'Значение', cell: (line: { after: string | null }) => line.after ?? '—' }]
        : []),
    ]}
  />
)

/** The timetable at two moments side by side; with one moment given twice, as it was then. */
function Compare({ scheduleId }: { scheduleId: string }): ReactNode {
  const { zone } = useSession()
  const today = useToday()
  const [earlier, setEarlier] = useState({ day: today, time: '00:00' })
  const [later, setLater] = useState({ day: today, time: '23:59' })
  const given = ![earlier.day, earlier.time, later.day, later.time].includes('')
  const moments = given && {
    earlier: instantOf(zone, earlier.day, earlier.time),
    later: instantOf(zone, later.day, later.time),
  }
  const ordered = moments && moments.earlier <= moments.later
  const read = useRead(
    compareSchedule,
    { params: { scheduleId }, query: moments || { earlier: '', later: '' } },
    { enabled: ordered, keepPrevious: true },
  )
  return (
    <Card title="Каким был график">
      <div className="form-grid">
        <Moment name="Раньше" value={earlier} onChange={setEarlier} />
        <Moment name="Позже" value={later} onChange={setLater} />
      </div>
      {!ordered ? (
        <p className="soft">Укажите два момента: сначала более ранний.</p>
      ) : read.error ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="rows" label="Сравниваем" />
      ) : (
        <Compared {...read.data} />
      )}
    </Card>
  )
}

function Compared({ earlier, later, differ }: { earlier: Schedule | null; later: Schedule | null; differ: string[] }) {
  if (!later) return <Notice title="В эти моменты графика ещё не было" />
  if (!earlier)
    return (
      <>
        <Notice title="В первый момент графика ещё не было" />
        <Differences caption="График во второй момент" before={null} after={later} />
      </>
    )
  if (differ.length > 0) return <Differences caption="Чем отличаются два момента" before={earlier} after={later} />
  return (
    <>
      <Notice title="В оба момента график был одинаков" />
      <Differences caption="График в эти моменты" before={null} after={later} />
    </>
  )
}

type MomentValue = { day: string; time: string }
type MomentProps = { name: string; value: MomentValue; onChange: (value: MomentValue) => void }

const Moment = ({ name, value, onChange }: MomentProps) => (
  <fieldset className="cluster">
    <legend className="visually-hidden">{name}</legend>
    <TextInput
      label={`${name}: день`}
      type="date"
      width="middle"
      value={value.day}
      onChange={(day) => onChange({ ...value, day })}
    />
    <TextInput
      label={`${name}: время`}
      type="time"
      width="middle"
      value={value.time}
      onChange={(time) => onChange({ ...value, time })}
    />
  </fieldset>
)
