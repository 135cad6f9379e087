import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { listDepartmentTimetables, listSchedules, showDayGrid } from '../../../../contracts/schedules.ts'
import { showTimetableBatch, startTimetableBatch } from '../../../../contracts/timetable-batches.ts'
import { newActionKey, useAction, useRead } from '../../../api/index.ts'
import { Button, Card, count, Dialog, shortName, showToast, TextInput } from '../../../ui/index.ts'
import { at } from '../../addresses.ts'
import { Keys } from '../../keyboard/keys.tsx'
import { useShortcut } from '../../keyboard/shortcuts.ts'
import { ProblemNotice } from '../../problem-notice.tsx'
import { BatchProgress } from './batch-progress.tsx'
import type { DraftHandle } from './use-draft.ts'
import type { WeekRow } from './week-row.tsx'

type Props = {
  rows: readonly WeekRow[]
  draft: DraftHandle
  today: string
  departmentId: string
  /** The batch whose progress is shown: its id stands in the address, so a reload goes on showing it. */
  batchId: string | undefined
}

const TIMETABLES = ['график', 'графика', 'графиков'] as const
const FEW_MS = 600

/** What the draft changes, the way to publish it, and how far its publication is. */
export function Publishing({ rows, draft, today, departmentId, batchId }: Props): ReactNode {
  const [, navigate] = useLocation()
  const [asking, setAsking] = useState(false)
  const changed = rows.filter((row) => draft.draft[row.id])
  const started = (batch: string) => {
    setAsking(false)
    navigate(at.weeks({ department: departmentId, batch }), { replace: true })
  }
  const open = () => changed.length > 0 && setAsking(true)
  useShortcut('Ctrl+Enter', 'Опубликовать черновик графиков', open)
  return (
    <>
      {batchId && <Progress key={batchId} batchId={batchId} draft={draft} />}
      {changed.length > 0 && (
        <Card title={`В черновике ${count(changed.length, TIMETABLES)}`}>
          <p>{changed.map((row) => `${shortName(row.name)} (каб. ${row.room})`).join(', ')}</p>
          <div className="cluster">
            <Button kind="primary" onClick={open}>
              Опубликовать…
            </Button>
            <Button
              onClick={() => {
                draft.discard()
                showToast({ text: 'Черновик очищен. Вернуть: Ctrl+Z' })
              }}
            >
              Очистить черновик
            </Button>
            <Keys of="Ctrl+Enter" />
          </div>
        </Card>
      )}
      <Dialog open={asking} title="Публикация графиков" onClose={() => setAsking(false)}>
        <Ask changed={changed} draft={draft} today={today} onStarted={started} />
      </Dialog>
    </>
  )
}

type AskProps = Pick<Props, 'draft' | 'today'> & { changed: readonly WeekRow[]; onStarted: (batchId: string) => void }

/** From which day, and why: both stay in the history of every timetable. */
function Ask({ changed, draft, today, onStarted }: AskProps): ReactNode {
  const [from, setFrom] = useState(today)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [id] = useState(newActionKey)
  const start = useAction(startTimetableBatch, { onDone: (batch) => onStarted(batch.id) })
  const send = () => {
    setTried(true)
    if (!from || !reason.trim()) return
    const items = changed.map((row) => {
      const { hours, daysOff, cycle } = draft.planFor(row.id)
      return { scheduleId: row.id, version: draft.versions[row.id] ?? row.version, changes: { hours, daysOff, cycle } }
    })
    start.run({ body: { id, from, reason: reason.trim(), items } })
  }
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p>
        {count(changed.length, TIMETABLES)}. Те, чьи правки затрагивают записанных пациентов, останутся как есть: их
        список и решения по записям — на отдельной странице.
      </p>
      <TextInput
        label="С какого дня"
        type="date"
        width="middle"
        min={today}
        value={from}
        onChange={setFrom}
        error={tried && !from ? 'Введите день' : undefined}
      />
      <TextInput
        label="Почему"
        hint="Причина останется в истории каждого графика"
        value={reason}
        onChange={setReason}
        error={tried && !reason.trim() ? 'Напишите причину' : undefined}
      />
      <ProblemNotice refusal={start.refusal} />
      <div className="cluster">
        <Button type="submit" kind="primary" busy={start.busy} busyText="Начинаем…">
          Опубликовать
        </Button>
      </div>
    </form>
  )
}

/** Asked again until nothing waits; then what went through leaves the draft. */
function Progress({ batchId, draft }: { batchId: string; draft: DraftHandle }): ReactNode {
  const client = useQueryClient()
  const read = useRead(
    showTimetableBatch,
    { params: { batchId } },
    { every: (batch) => (batch.items.some((item) => item.state === 'waiting') ? FEW_MS : undefined) },
  )
  const items = read.data?.items
  const done = useMemo(() => (items ?? []).filter((item) => item.state === 'done').map((i) => i.scheduleId), [items])
  const isOver = items?.every((item) => item.state !== 'waiting') ?? false
  const settle = useRef(draft.settle)
  useEffect(() => {
    settle.current = draft.settle
  })
  const settled = useRef('')
  useEffect(() => {
    if (!isOver || settled.current === done.join()) return
    settled.current = done.join()
    const renewAndSettle = async () => {
      const shown = [listDepartmentTimetables, listSchedules, showDayGrid]
      await Promise.all(shown.map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
      settle.current(done)
    }
    void renewAndSettle()
  }, [isOver, done, client])
  return <BatchProgress batch={read.data} refusal={read.error ?? undefined} onResumed={() => void read.refetch()} />
}
