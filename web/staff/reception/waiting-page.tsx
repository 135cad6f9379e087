import { useState, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listWaiting, type WaitingLine } from '../../../contracts/waiting.ts'
import { useLive, useRead } from '../../api/index.ts'
import {
  Badge,
  Button,
  Card,
  count,
  dateWords,
  dayOf,
  EmptyState,
  ErrorState,
  Page,
  Select,
  Skeleton,
  Table,
  useNow,
} from '../../ui/index.ts'
import { hoursWords, periodWords } from '../../domain/waiting-words.ts'
import { at } from '../addresses.ts'
import { NoWorkplace } from '../organisation/no-workplace.tsx'
import { bornWords } from '../people/person-words.ts'
import { useSession, useToday } from '../session.tsx'
import { OfferCell } from './offer-cell.tsx'
import { LeaveDialog, PriorityDialog } from './waiting-dialogs.tsx'

const title = 'Лист ожидания'

/** Who waits at one's organisation, queue by queue; the desk answers for those who call, and may change the order. */
export default function WaitingPage(): ReactNode {
  const { me } = useSession()
  return me.organizationId === null ? <NoWorkplace title={title} /> : <Waiting organizationId={me.organizationId} />
}

function Waiting({ organizationId }: { organizationId: string }): ReactNode {
  const [, navigate] = useLocation()
  const specialty = new URLSearchParams(useSearch()).get('specialty') ?? ''
  const read = useRead(
    listWaiting,
    { params: { organizationId }, query: specialty ? { specialtyCode: specialty } : {} },
    { keepPrevious: true },
  )
  useLive([`waiting/${organizationId}`], [listWaiting])
  const { lines, specialties } = read.data ?? {}
  return (
    <Page title={title} lead="Освободившееся время предлагается первому, кому оно подходит, и ждёт его ответа полчаса">
      {read.error && !lines ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !lines || !specialties ? (
        <Skeleton shape="card" label="Загружаем лист ожидания" />
      ) : specialties.length === 0 ? (
        <EmptyState icon="clock" title="Никто не ждёт">
          <p>Поставить пациента в лист ожидания можно при записи, рядом с выбором дня.</p>
        </EmptyState>
      ) : (
        <>
          <Select
            label="Специальность"
            value={specialty}
            onChange={(code) => navigate(at.waiting(code), { replace: true })}
            options={[
              { value: '', label: 'Все' },
              ...specialties.map((s) => ({ value: s.code, label: `${s.title}: ${s.waiting}` })),
            ]}
          />
          {queuesOf(lines).map((queue) => (
            <Queue key={queue[0]!.entry.specialtyCode} lines={queue} />
          ))}
        </>
      )}
    </Page>
  )
}

/** Lines come queue by queue; each queue is shown by itself, under its name in order. */
function queuesOf(lines: readonly WaitingLine[]): WaitingLine[][] {
  const queues = new Map<string, WaitingLine[]>()
  for (const line of lines) {
    const queue = queues.get(line.entry.specialtyCode)
    if (queue) queue.push(line)
    else queues.set(line.entry.specialtyCode, [line])
  }
  return [...queues.values()].sort((a, b) => a[0]!.entry.specialtyTitle.localeCompare(b[0]!.entry.specialtyTitle, 'ru'))
}

type Shown = { today: string; thisYear: number; keeps: boolean; onRaise: OnLine; onLeave: OnLine }
type OnLine = (line: WaitingLine) => void
type Columns = Parameters<typeof Table<WaitingLine>>[0]['columns']

const columnsOf = ({ today, thisYear, keeps, onRaise, onLeave }: Shown): Columns => [
  { name: 'Место', numbers: true, cell: ({ entry }) => entry.place },
  {
    name: 'Пациент',
    heading: true,
    cell: ({ patient }) => (
      <>
        <a href={at.patient(patient.id)}>{patient.name}</a>
        <br />
        <span className="soft small">{bornWords(patient.birthDate, today)}</span>
      </>
    ),
  },
  { name: 'Врач', cell: ({ entry }) => entry.doctorName ?? 'Любой' },
  { name: 'Когда', cell: ({ entry }) => whenCell(entry, thisYear) },
  { name: 'Ждёт с', cell: ({ entry }) => dateWords(dayOf(entry.joinedAt, entry.timeZone), thisYear) },
  { name: 'Очерёдность', cell: ({ entry }) => (entry.priority > 0 ? `вне очереди, ${entry.priority}` : 'общая') },
  { name: 'Предложено', cell: ({ entry }) => <OfferCell entry={entry} answers={keeps} /> },
  ...(keeps ? [{ name: 'Действия', cell: (line: WaitingLine) => actionsCell(line, onRaise, onLeave) }] : []),
]

const whenCell = (entry: WaitingLine['entry'], thisYear: number): ReactNode => (
  <>
    {periodWords(entry, thisYear)}, {hoursWords(entry)}
    {entry.earlier && (
      <>
        <br />
        <Badge>раньше своей записи</Badge>
      </>
    )}
  </>
)

const actionsCell = (line: WaitingLine, onRaise: OnLine, onLeave: OnLine): ReactNode => (
  <span className="cluster">
    <Button size="small" onClick={() => onRaise(line)}>
      Очерёдность<span className="visually-hidden">: {line.patient.name}</span>
    </Button>
    <Button size="small" onClick={() => onLeave(line)}>
      Снять<span className="visually-hidden">: {line.patient.name}</span>
    </Button>
  </span>
)

function Queue({ lines }: { lines: WaitingLine[] }): ReactNode {
  const { me } = useSession()
  const today = useToday()
  const thisYear = useNow().getFullYear()
  const [raising, setRaising] = useState<WaitingLine | undefined>(undefined)
  const [leaving, setLeaving] = useState<WaitingLine | undefined>(undefined)
  const name = lines[0]!.entry.specialtyTitle
  const keeps = me.role === 'registrar'
  return (
    <Card title={name} aside={<span className="soft">{count(lines.length, ['человек', 'человека', 'человек'])}</span>}>
      <Table
        caption={`${name}: кто ждёт`}
        rows={lines}
        keyOf={({ entry }) => entry.id}
        columns={columnsOf({ today, thisYear, keeps, onRaise: setRaising, onLeave: setLeaving })}
      />
      {raising && <PriorityDialog line={raising} onClose={() => setRaising(undefined)} />}
      {leaving && <LeaveDialog line={leaving} onClose={() => setLeaving(undefined)} />}
    </Card>
  )
}
