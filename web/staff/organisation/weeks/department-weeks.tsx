import { useEffect, useState, type ReactNode } from 'react'
import type { TimetableState } from '../../../../contracts/schedules.ts'
import { Button, Notice, shortName } from '../../../ui/index.ts'
import { Keys } from '../../keyboard/keys.tsx'
import { useToday } from '../../session.tsx'
import { mondayOf } from '../timetable-form.ts'
import { BlockDialog, type Opened } from './block-dialog.tsx'
import { DoctorDays } from './doctor-days.tsx'
import { Publishing } from './publishing.tsx'
import { useCommands } from './use-commands.ts'
import { useDraft } from './use-draft.ts'
import { useDays, useRows } from './use-weeks.ts'
import { WeekGrid } from './week-grid.tsx'
import type { Scope } from './plan.ts'
import { WeeksToolbar } from './weeks-toolbar.tsx'

type Props = { departmentId: string; timetables: readonly TimetableState[]; batchId: string | undefined }

/** A department's weeks: a grid where there is room, a list of one doctor's days on a phone. */
export function DepartmentWeeks({ departmentId, timetables, batchId }: Props): ReactNode {
  const today = useToday()
  const narrow = useNarrow()
  const [monday, setMonday] = useState(() => mondayOf(today))
  const [weeks, setWeeks] = useState(4)
  const [scope, setScope] = useState<Scope>('every')
  const [opened, setOpened] = useState<Opened | undefined>(undefined)
  const rows = useRows(timetables)
  const days = useDays(monday, narrow ? 1 : weeks)
  const draft = useDraft(departmentId, timetables)
  const commands = useCommands({ rows, days, draft, scope, open: setOpened })
  const stale = rows.filter((row) => draft.stale.includes(row.id))
  return (
    <div className="stack">
      <WeeksToolbar {...{ monday, setMonday, weeks, setWeeks, scope, setScope, rows, draft, today, narrow }} />
      {stale.length > 0 && (
        <Notice
          kind="warning"
          title="Эти графики опубликовали иначе, пока вы правили черновик"
          actions={<Button onClick={() => draft.settle(draft.stale)}>Взять опубликованные</Button>}
        >
          <p>{stale.map((row) => shortName(row.name)).join(', ')}. Ваши правки к ним не пройдут.</p>
        </Notice>
      )}
      {narrow ? (
        <DoctorDays rows={rows} days={days} planFor={draft.planFor} onOpen={setOpened} />
      ) : (
        <>
          <WeekGrid
            {...{ rows, days }}
            plans={draft.draft}
            planFor={draft.planFor}
            label="Часы приёма врачей по дням"
            onKeys={commands.onKeys}
            onOpen={commands.onOpen}
            onDrop={commands.onDrop}
          />
          <p className="soft small keys-line">
            <Keys of="←+→+↑+↓" /> — по сетке, <Keys of="Enter" /> — часы, <Keys of="Shift+←+→" /> — раньше и позже,{' '}
            <Keys of="Ctrl+Shift+←+→" /> — конец, <Keys of="Ctrl+←+→" /> — другой день, <Keys of="Shift+↑+↓" /> — другой
            врач, <Keys of="Delete" /> — убрать, <Keys of="Ctrl+C" /> <Keys of="Ctrl+V" /> — копия (на имени врача —
            всех его часов), <Keys of="Ctrl+Z" /> — отменить
          </p>
        </>
      )}
      <Publishing {...{ rows, draft, today, batchId, departmentId }} />
      <BlockDialog
        opened={opened}
        scope={scope}
        onClose={() => setOpened(undefined)}
        planFor={draft.planFor}
        onChange={draft.change}
      />
    </div>
  )
}

/** On a phone a grid to scale would be a strip: there each doctor is a list of days. */
function useNarrow(): boolean {
  const [query] = useState(() => matchMedia('(max-width: 48rem)'))
  const [narrow, setNarrow] = useState(query.matches)
  useEffect(() => {
    const hear = () => setNarrow(query.matches)
    query.addEventListener('change', hear)
    return () => query.removeEventListener('change', hear)
  }, [query])
  return narrow
}
