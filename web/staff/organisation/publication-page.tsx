import { useState, type FormEvent, type ReactNode } from 'react'
import { changePublication, showPublication } from '../../../contracts/schedules.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  addDays,
  Button,
  Card,
  count,
  dayWords,
  ErrorState,
  fieldMessage,
  Page,
  showToast,
  Skeleton,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession, useToday } from '../session.tsx'
import { NoWorkplace } from './no-workplace.tsx'

const TITLE = 'Горизонт записи'
type Horizon = { days: number; opensAt: string }

/** How far ahead people may book here, and at what hour the newest day opens. */
export default function PublicationPage(): ReactNode {
  const { me } = useSession()
  const params = { organizationId: me.organizationId ?? '' }
  const read = useRead(showPublication, { params }, { enabled: me.organizationId !== null })
  if (me.organizationId === null) return <NoWorkplace title={TITLE} />
  return (
    <Page title={TITLE} back={{ href: at.timetables(), label: 'К графикам врачей' }}>
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="card" label="Загружаем горизонт" />
      ) : (
        <Horizon key={`${read.data.days} ${read.data.opensAt}`} now={read.data} params={params} />
      )}
    </Page>
  )
}

type HorizonProps = { now: Horizon; params: { organizationId: string } }

function Horizon({ now, params }: HorizonProps): ReactNode {
  const { me } = useSession()
  const today = useToday()
  const mayChange = me.role === 'head' || me.role === 'administrator'
  const [days, setDays] = useState(String(now.days))
  const [opensAt, setOpensAt] = useState(now.opensAt)
  const [tried, setTried] = useState(false)
  const change = useAction(changePublication, {
    refreshes: [showPublication],
    onDone: () =>
      showToast({
        text: 'Горизонт изменён',
        action: { label: 'Вернуть прежний', run: () => change.run({ params, body: now }) },
      }),
  })
  const wrong = !/^\d+$/.test(days.trim()) || Number(days) < 1 || Number(days) > 90
  const problem = change.refusal?.problem
  const send = () => {
    setTried(true)
    if (!wrong && opensAt) change.run({ params, body: { days: Number(days), opensAt } })
  }
  useShortcut('Ctrl+Enter', 'Изменить горизонт записи', send, { enabled: mayChange })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <Card title={`Сейчас открыто ${count(now.days, ['день', 'дня', 'дней'])}, новый — в ${now.opensAt}`}>
      <form className="stack" onSubmit={submit} noValidate>
        {mayChange ? (
          <div className="form-grid">
            <TextInput
              label="На сколько дней вперёд открыта запись"
              hint="Вместе с сегодняшним, от 1 до 90"
              inputMode="numeric"
              width="short"
              value={days}
              onChange={setDays}
              error={tried && wrong ? 'От 1 до 90 дней' : fieldMessage(problem, 'days')}
            />
            <TextInput
              label="Во сколько открывается новый день"
              hint="По местному времени"
              type="time"
              width="short"
              value={opensAt}
              onChange={setOpensAt}
              error={tried && !opensAt ? 'Введите время' : fieldMessage(problem, 'opensAt')}
            />
          </div>
        ) : (
          <p>Менять горизонт может заведующий.</p>
        )}
        {!wrong && opensAt && (
          <p aria-live="polite">
            Завтра в {opensAt} откроется {dayWords(addDays(today, Number(days)), today)}. То, что уже открыто, не
            закроется.
          </p>
        )}
        <ProblemNotice refusal={change.refusal} />
        {mayChange && (
          <div className="cluster">
            <Button type="submit" kind="primary" busy={change.busy} busyText="Сохраняем…">
              Изменить горизонт
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}
