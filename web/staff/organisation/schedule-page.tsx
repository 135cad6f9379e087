import { useState, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { GridColumn } from '../../../contracts/schedules.ts'
import { addDays, Button, capital, dayWords, EmptyState, ErrorState, Page, Select, Skeleton } from '../../ui/index.ts'
import { at, dayIn } from '../addresses.ts'
import { DayNav } from '../day-nav.tsx'
import { Keys } from '../keyboard/keys.tsx'
import { useSession, useToday } from '../session.tsx'
import { AddTimeDialog } from './add-time-dialog.tsx'
import { DayGrid } from './day-grid.tsx'
import { NoWorkplace } from './no-workplace.tsx'
import { SlotDialog } from './slot-dialog.tsx'
import { freeOf, type Slot } from './slot-words.ts'
import { useDay } from './use-day.ts'

/** The schedule of a day: everybody who sees patients, and every time. */
export default function SchedulePage(): ReactNode {
  const { me } = useSession()
  return me.organizationId === null ? <NoWorkplace title="Расписание дня" /> : <Schedule />
}

function Schedule(): ReactNode {
  const { me, zone } = useSession()
  const today = useToday()
  const [, navigate] = useLocation()
  const search = new URLSearchParams(useSearch())
  const day = dayIn(search) ?? today
  const specialty = search.get('specialty') ?? ''
  const { grid, visits } = useDay(day, specialty)
  const [opened, setOpened] = useState<{ slot: Slot; column: GridColumn } | undefined>(undefined)
  const [adding, setAdding] = useState<GridColumn | undefined>(undefined)
  const go = (next: { day?: string; specialty?: string }) => {
    const shown = { day, specialty, ...next }
    navigate(at.schedule({ ...shown, day: shown.day === today ? undefined : shown.day }), { replace: true })
  }
  const columns = grid.data?.columns
  const { free, all } = freeOf(columns?.flatMap((c) => c.slots) ?? [])
  const keeps = me.role !== 'doctor'
  // Live changes reach an open dialog, too: what it shows is looked up in the newest grid.
  const slotNow = opened && (columns?.flatMap((c) => c.slots).find((s) => s.ref === opened.slot.ref) ?? opened.slot)
  return (
    <Page title="Расписание" lead={`${capital(dayWords(day, today))}${columns ? `. Свободно ${free} из ${all}` : ''}`}>
      <Toolbar day={day} today={today} specialty={specialty} onChange={go} />
      <p className="soft small keys-line">
        В сетке: <Keys of="←+→+↑+↓" /> — к соседнему времени, <Keys of="Enter" /> — открыть, <Keys of="PageUp" />{' '}
        <Keys of="PageDown" /> — другой день
      </p>
      {grid.error && !columns ? (
        <ErrorState problem={grid.error.problem} onRetry={() => void grid.refetch()} retrying={grid.isFetching} />
      ) : !columns ? (
        <Skeleton shape="card" label="Загружаем расписание" />
      ) : columns.length === 0 ? (
        <Nothing specialty={specialty} onAll={() => go({ specialty: '' })} />
      ) : (
        <DayGrid
          columns={columns}
          visits={visits}
          zone={grid.data?.timeZone ?? zone}
          label={`Расписание, ${dayWords(day, today)}`}
          isToday={day === today}
          onOpen={(slot, column) => setOpened({ slot, column })}
          onAdd={keeps ? setAdding : undefined}
          onDay={(by) => go({ day: addDays(day, by) })}
        />
      )}
      <SlotDialog
        slot={slotNow}
        column={opened?.column}
        visit={slotNow?.appointmentId ? visits.get(slotNow.appointmentId) : undefined}
        zone={zone}
        onClose={() => setOpened(undefined)}
      />
      <AddTimeDialog column={adding} day={day} onClose={() => setAdding(undefined)} />
    </Page>
  )
}

type ToolbarProps = {
  day: string
  today: string
  specialty: string
  onChange: (next: { day?: string; specialty?: string }) => void
}

function Toolbar({ day, today, specialty, onChange }: ToolbarProps): ReactNode {
  const { workplace } = useSession()
  const titles = new Map(
    workplace?.staff.flatMap((s) => (s.specialtyCode && s.specialtyTitle ? [[s.specialtyCode, s.specialtyTitle]] : [])),
  )
  const options = [...titles]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'ru'))
  return (
    <DayNav day={day} today={today} onChange={(next) => onChange({ day: next })}>
      <Select
        label="Специальность"
        placeholder="Все"
        value={specialty}
        onChange={(next) => onChange({ specialty: next })}
        options={options}
      />
    </DayNav>
  )
}

const Nothing = ({ specialty, onAll }: { specialty: string; onAll: () => void }) => (
  <EmptyState
    icon="calendar"
    title="В этот день приёма нет"
    actions={specialty !== '' && <Button onClick={onAll}>Показать все специальности</Button>}
  >
    <p>Расписание открыто на две недели вперёд; новый день появляется каждое утро в 07:00.</p>
  </EmptyState>
)
