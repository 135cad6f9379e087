import { useState, type ReactNode } from 'react'
import { addDays, Button, Checkbox, dateWords, Dialog, Segments, Select } from '../../../ui/index.ts'
import { useShortcut } from '../../keyboard/shortcuts.ts'
import { withWeekCopied, withWeekRepeated, type Scope } from './plan.ts'
import type { DraftHandle } from './use-draft.ts'
import type { WeekRow } from './week-row.tsx'

type Props = {
  monday: string
  setMonday: (monday: string) => void
  weeks: number
  setWeeks: (weeks: number) => void
  scope: Scope
  setScope: (scope: Scope) => void
  rows: readonly WeekRow[]
  draft: DraftHandle
  today: string
  narrow: boolean
}

/** Which weeks are shown, what a change is for, copies, and steps back and forth. */
export function WeeksToolbar(props: Props): ReactNode {
  const { monday, setMonday, weeks, setWeeks, scope, setScope, rows, draft, today, narrow } = props
  const [copying, setCopying] = useState<'week' | 'doctor' | undefined>(undefined)
  useShortcut('Ctrl+Z', 'Отменить правку графика', () => draft.undo?.())
  useShortcut('Ctrl+Shift+Z', 'Вернуть отменённую правку', () => draft.redo?.())
  return (
    <div className="toolbar">
      <div className="cluster">
        <Button icon="previous" aria-label="На неделю раньше" onClick={() => setMonday(addDays(monday, -7))} />
        <span className="strong">с {dateWords(monday, Number(today.slice(0, 4)))}</span>
        <Button icon="next" aria-label="На неделю позже" onClick={() => setMonday(addDays(monday, 7))} />
      </div>
      {!narrow && (
        <Segments
          legend="Сколько недель"
          value={String(weeks)}
          onChange={(value) => setWeeks(Number(value))}
          options={[
            { value: '1', label: '1 неделя' },
            { value: '2', label: '2 недели' },
            { value: '4', label: '4 недели' },
          ]}
        />
      )}
      <Segments
        legend="Какие дни меняются"
        value={scope}
        onChange={setScope}
        options={[
          { value: 'every', label: 'Каждый такой день' },
          { value: 'day', label: 'Только этот день' },
        ]}
      />
      <div className="cluster">
        <Button disabled={!draft.undo} onClick={() => draft.undo?.()}>
          Отменить
        </Button>
        <Button disabled={!draft.redo} onClick={() => draft.redo?.()}>
          Вернуть
        </Button>
        <Button onClick={() => setCopying('week')}>Копия недели…</Button>
        <Button onClick={() => setCopying('doctor')}>Копия врача…</Button>
      </div>
      <WeekCopy open={copying === 'week'} onClose={() => setCopying(undefined)} {...{ monday, today, rows, draft }} />
      <DoctorCopy open={copying === 'doctor'} onClose={() => setCopying(undefined)} {...{ rows, draft }} />
    </div>
  )
}

type CopyProps = { open: boolean; onClose: () => void; rows: readonly WeekRow[]; draft: DraftHandle }

/** The hours of a week for other weeks, or for every week; of all doctors or of one. */
function WeekCopy({
  open,
  onClose,
  rows,
  draft,
  monday,
  today,
}: CopyProps & { monday: string; today: string }): ReactNode {
  const year = Number(today.slice(0, 4))
  const weeks = [0, 1, 2, 3].map((i) => addDays(monday, i * 7))
  const [from, setFrom] = useState(monday)
  const [to, setTo] = useState<string[]>([])
  const [who, setWho] = useState('')
  const source = weeks.includes(from) ? from : monday
  const chosen = rows.filter((row) => who === '' || row.id === who)
  const words = (week: string) => `${dateWords(week, year)} – ${dateWords(addDays(week, 6), year)}`
  const run = (change: (row: WeekRow) => ReturnType<DraftHandle['planFor']>) => {
    if (draft.change(Object.fromEntries(chosen.map((row) => [row.id, change(row)])))) onClose()
  }
  const targets = to.filter((week) => week !== source && weeks.includes(week))
  return (
    <Dialog
      open={open}
      title="Копия недели"
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={targets.length === 0}
            onClick={() => run((row) => withWeekCopied(draft.planFor(row.id), source, targets, today))}
          >
            Скопировать
          </Button>
          <Button onClick={() => run((row) => withWeekRepeated(draft.planFor(row.id), source))}>
            Повторять каждую неделю
          </Button>
        </>
      }
    >
      <Select
        label="Неделя"
        value={source}
        onChange={setFrom}
        options={weeks.map((week) => ({ value: week, label: words(week) }))}
      />
      <Select
        label="Чья"
        value={who}
        onChange={setWho}
        options={[{ value: '', label: 'Всех врачей' }, ...rows.map((row) => ({ value: row.id, label: labelOf(row) }))]}
      />
      <fieldset className="stack stack--tight">
        <legend className="field__label">На какие недели</legend>
        {weeks
          .filter((week) => week !== source)
          .map((week) => (
            <Checkbox
              key={week}
              label={words(week)}
              checked={to.includes(week)}
              onChange={(on) => setTo(on ? [...to, week] : to.filter((w) => w !== week))}
            />
          ))}
      </fieldset>
    </Dialog>
  )
}

/** All hours of one doctor for others. */
function DoctorCopy({ open, onClose, rows, draft }: CopyProps): ReactNode {
  const [from, setFrom] = useState(rows[0]!.id)
  const [to, setTo] = useState<string[]>([])
  const targets = to.filter((id) => id !== from)
  const run = () => {
    if (draft.change(Object.fromEntries(targets.map((id) => [id, draft.planFor(from)])))) onClose()
  }
  return (
    <Dialog
      open={open}
      title="Копия часов врача"
      onClose={onClose}
      actions={
        <Button kind="primary" disabled={targets.length === 0} onClick={run}>
          Скопировать
        </Button>
      }
    >
      <Select
        label="Чьи часы"
        value={from}
        onChange={setFrom}
        options={rows.map((row) => ({ value: row.id, label: labelOf(row) }))}
      />
      <fieldset className="stack stack--tight">
        <legend className="field__label">Кому</legend>
        {rows
          .filter((row) => row.id !== from)
          .map((row) => (
            <Checkbox
              key={row.id}
              label={labelOf(row)}
              checked={to.includes(row.id)}
              onChange={(on) => setTo(on ? [...to, row.id] : to.filter((id) => id !== row.id))}
            />
          ))}
      </fieldset>
    </Dialog>
  )
}

const labelOf = (row: WeekRow) => `${row.name}, каб. ${row.room}`
