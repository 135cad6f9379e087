import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { SlotTaken } from '../../../contracts/booking.ts'
import {
  applyScheduleEdit,
  listAsked,
  previewScheduleEdit,
  ScheduleEditIsStale,
} from '../../../contracts/schedule-edits.ts'
import {
  listAbsences,
  listSchedules,
  showDayGrid,
  showScheduleHistory,
  type ScheduleEdit,
} from '../../../contracts/schedules.ts'
import { useAction, type Refusal } from '../../api/index.ts'
import { Button, Card, count, ErrorState, Notice, Skeleton, TextInput } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { carriedOver, clashes, countsOf, decidedForAll, decisionsOf, suggested, type Drafts } from './decisions.ts'
import { TouchedVisits } from './touched-visits.tsx'

type Done = ReplyOf<typeof applyScheduleEdit>
type Impact = ReplyOf<typeof previewScheduleEdit>
type Props = { edit: ScheduleEdit; onDone: (done: Done) => void; onBack: (refusal?: Refusal) => void }

/** When these come back the list is read anew and what was decided stays. */
const overtaken: readonly string[] = [ScheduleEditIsStale.type, SlotTaken.type]

/** What an edit will do, before it does it: a decision for every booked visit, the reason, and the deed. */
export function ImpactStep({ edit, onDone, onBack }: Props): ReactNode {
  // Kept while it is read anew: what was typed below stays, too.
  const [impact, setImpact] = useState<Impact | undefined>(undefined)
  const [drafts, setDrafts] = useState<Drafts | undefined>(undefined)
  const [anew, setAnew] = useState<readonly string[]>([])
  const [again, setAgain] = useState(false)
  const preview = useAction(previewScheduleEdit, {
    onDone: (read) => {
      const next = drafts ? carriedOver(drafts, read.visits) : { drafts: suggested(read.visits), changed: [] }
      setImpact(read)
      setDrafts(next.drafts)
      setAnew(next.changed)
    },
  })
  const read = () => preview.run({ body: { edit } })
  // oxlint-disable-next-line react/exhaustive-deps -- once, when the step is opened
  useEffect(read, [])
  const readAgain = () => {
    setAgain(true)
    read()
  }
  const refusal = preview.busy ? undefined : preview.refusal
  if (refusal && (refusal.problem.status === 409 || refusal.problem.fields))
    return <ProblemNotice refusal={refusal} actions={<Button onClick={() => onBack(refusal)}>Исправить</Button>} />
  if (refusal && !impact) return <ErrorState problem={refusal.problem} onRetry={read} retrying={preview.busy} />
  if (!impact || !drafts) return <Skeleton shape="card" label="Смотрим, кого это затронет" />
  return (
    <div className="stack">
      <ProblemNotice refusal={refusal} actions={<Button onClick={read}>Повторить</Button>} />
      {again && !preview.busy && !refusal && (
        <Notice live kind="warning" title="Пока вы решали, записи изменились">
          <p>
            Список обновлён, ваши решения остались.
            {anew.length > 0 && ` Проверьте отмеченные: ${count(anew.length, ['запись', 'записи', 'записей'])}.`}
          </p>
        </Notice>
      )}
      <Decide {...{ edit, impact, drafts, setDrafts, anew, onDone, onBack }} onStale={readAgain} />
    </div>
  )
}

type DecideProps = Props & {
  impact: Impact
  drafts: Drafts
  setDrafts: (drafts: Drafts) => void
  anew: readonly string[]
  onStale: () => void
}

function Decide({ edit, impact, drafts, setDrafts, anew, onStale, onDone, onBack }: DecideProps): ReactNode {
  const { visits, version } = impact
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const apply = useAction(applyScheduleEdit, {
    refreshes: [listSchedules, showDayGrid, listAbsences, listAsked, showScheduleHistory],
    onDone,
  })
  const clashing = clashes(visits, drafts)
  const send = async () => {
    setTried(true)
    if (!reason.trim() || clashing.size > 0 || apply.busy) return
    const decisions = decisionsOf(visits, drafts, reason.trim())
    await apply.runAsync({ body: { edit, version, reason: reason.trim(), decisions } }).catch((refusal: Refusal) => {
      if (overtaken.includes(refusal.problem?.type)) onStale()
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  const told = apply.refusal && !overtaken.includes(apply.refusal.problem.type) ? apply.refusal : undefined
  const stuck = visits.find((visit) => visit.appointmentId === told?.problem['appointmentId'])
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <Totals impact={impact} />
      {visits.length > 0 && (
        <>
          <ForAll onChoose={(action) => setDrafts(decidedForAll(visits, action))} />
          <TouchedVisits
            impact={impact}
            drafts={drafts}
            clashing={clashing}
            anew={anew}
            onChange={(id, draft) => setDrafts({ ...drafts, [id]: draft })}
          />
        </>
      )}
      <Card title="Применить изменение">
        <TextInput
          label="Причина"
          hint={
            visits.length > 0
              ? 'Останется в истории; пациенты увидят её в кабинете. Например: врач на больничном'
              : 'Останется в истории расписания'
          }
          maxLength={200}
          value={reason}
          onChange={setReason}
          error={tried && !reason.trim() ? 'Напишите причину' : undefined}
        />
        {tried && clashing.size > 0 && (
          <Notice kind="error" title="Двум пациентам выбрано одно время">
            <p>Выберите другое время у отмеченных записей.</p>
          </Notice>
        )}
        {!apply.busy && stuck && <p className="strong">Не получилось с записью: {stuck.patient.name}</p>}
        {!apply.busy && <ProblemNotice refusal={told} />}
        {visits.length > 0 && <p>{totalWords(countsOf(visits, drafts))}</p>}
        <div className="cluster">
          <Button type="submit" kind="primary" busy={apply.busy} busyText="Применяем…">
            Применить
          </Button>
          <Button onClick={() => onBack()}>Назад</Button>
        </div>
      </Card>
    </form>
  )
}

const visitForms = ['запись', 'записи', 'записей'] as const

/** «Будет перенесено: 2, предложено на ответ: 3, отменено: 1. Никто не потеряется: каждому придёт уведомление.» */
const totalWords = ({ moved, offered, cancelled }: Omit<Done, 'closes' | 'opens'>): string =>
  `Будет перенесено: ${moved}, предложено на ответ пациента: ${offered}, отменено: ${cancelled}. Каждому придёт уведомление.`

function Totals({ impact: { visits, closes, opens } }: { impact: Impact }): ReactNode {
  return (
    <Notice kind={visits.length > 0 ? 'warning' : 'info'} title={touchedWords(visits.length)}>
      <p>
        Свободных мест закроется: {closes}, появится: {opens}.
      </p>
    </Notice>
  )
}

const touchedWords = (n: number): string =>
  n === 0 ? 'Записанных пациентов это не затронет' : `Затронет ${count(n, visitForms)} пациентов`

function ForAll({ onChoose }: { onChoose: (action: 'move' | 'offer' | 'cancel') => void }): ReactNode {
  return (
    <fieldset className="cluster edit-visit">
      <legend className="visually-hidden">Решение для всех</legend>
      <span className="strong">Всем сразу:</span>
      <Button size="small" onClick={() => onChoose('offer')}>
        Предложить ближайшее
      </Button>
      <Button size="small" onClick={() => onChoose('move')}>
        Перенести на ближайшее
      </Button>
      <Button size="small" onClick={() => onChoose('cancel')}>
        Отменить
      </Button>
    </fieldset>
  )
}
