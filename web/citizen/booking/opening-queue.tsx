import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { joinOpening, showOpening, showPlace, type Place } from '../../../contracts/openings.ts'
import { useAction, useRead, useSecondsLeft } from '../../api/index.ts'
import {
  announce,
  Button,
  capital,
  Card,
  count,
  countdownWords,
  dayOf,
  dayWords,
  Notice,
  timeWords,
  useNow,
} from '../../ui/index.ts'
import { offers } from './use-hold.ts'

const MINUTE_MS = 60_000

const useOpening = (organizationId: string) =>
  useRead(showOpening, { params: { organizationId } }, { every: () => MINUTE_MS }).data

/** Under the times: when the next day opens. */
export function NextOpening({ organizationId, zone }: { organizationId: string; zone: string }): ReactNode {
  const opening = useOpening(organizationId)
  const today = dayOf(useNow(), zone)
  if (!opening || opening.joinable) return null
  const { day, opensAt } = opening
  return (
    <p className="soft small">
      {capital(dayWords(day, today))}: этот день откроется для записи {dayWords(dayOf(new Date(opensAt), zone), today)}{' '}
      в {timeWords(opensAt, zone)}.
    </p>
  )
}

/**
 * Above the times, within half an hour of an opening: a queue to join, and then one's place in it, which moves by itself.
 * Nothing has to be reloaded, and reloading gives nothing.
 */
export function OpeningQueue(props: { organizationId: string; zone: string; onDay: (day: string) => void }): ReactNode {
  const { organizationId, zone } = props
  const params = { organizationId }
  const opening = useOpening(organizationId)
  const [joined, setJoined] = useState<ReplyOf<typeof joinOpening> | undefined>(undefined)
  const join = useAction(joinOpening, { onDone: setJoined })
  const now = useNow()
  const today = dayOf(now, zone)
  if (joined) return <InQueue {...props} pass={joined.pass} first={joined.place} />
  if (!opening?.joinable) return null
  const { day, opensAt } = opening
  const when = `${dayWords(dayOf(new Date(opensAt), zone), today)} в ${timeWords(opensAt, zone)}`
  const opened = Date.parse(opensAt) <= now.getTime()
  return (
    <Card title={`Новый день: ${dayWords(day, today)}`}>
      <p>
        {opened
          ? 'Этот день только что открылся, и к нему может стоять очередь.'
          : `Откроется ${when}. Места в очереди раздаются случайно всем, кто придёт до открытия: приходить первым не нужно.`}
      </p>
      {join.refusal && <Notice live kind="warning" title={join.refusal.problem.title} />}
      <Button kind="primary" busy={join.busy} onClick={() => join.run({ params })}>
        Встать в очередь
      </Button>
    </Card>
  )
}

type InQueueProps = { zone: string; pass: string; first: Place; onDay: (day: string) => void }

function InQueue({ zone, pass, first, onDay }: InQueueProps): ReactNode {
  const read = useRead(showPlace, { params: { pass } }, { every: (place) => place.askAgainInSeconds * 1000 })
  const place = read.data ?? first
  const today = dayOf(useNow(), zone)
  const day = dayWords(place.day, today)
  useTurn(place)
  return (
    <Card title={`Очередь на ${day}`}>
      <div aria-live="polite">
        {place.state === 'before' && (
          <p>
            Вы в очереди. Места раздадим случайно в {timeWords(place.opensAt, zone)}, пока пришли{' '}
            {count(place.guests, ['человек', 'человека', 'человек'])}. Оставьте страницу открытой.
          </p>
        )}
        {place.state === 'drawing' && <p>День открылся. Раздаём места, это займёт несколько секунд.</p>}
        {place.state === 'waiting' && <Waiting place={place} zone={zone} />}
        {place.state === 'turn' && <p>Ваша очередь подошла: выбирайте время.</p>}
        {place.state === 'over' && (
          <p>На этот день всё разобрали. Отменённые записи появляются здесь сразу, и тогда мы снова вас позовём.</p>
        )}
      </div>
      {place.state === 'turn' && (
        <Button kind="primary" onClick={() => onDay(place.day)}>
          Показать {day}
        </Button>
      )}
    </Card>
  )
}

function Waiting({ place, zone }: { place: Place; zone: string }): ReactNode {
  const left = useSecondsLeft(place.expectedAt ?? undefined)
  return (
    <>
      <p className="when">
        <span className="when__day">Ваше место</span>
        <span className="when__time numbers">{place.place}</span>
      </p>
      <p>
        Впереди {count(place.ahead ?? 0, ['человек', 'человека', 'человек'])}. Очередь подойдёт около{' '}
        {timeWords(place.expectedAt!, zone)}
        {left > 0 && <span className="numbers">, через {countdownWords(left)}</span>}. Страница позовёт сама.
      </p>
    </>
  )
}

/** When the turn has come, the free times are read anew and it is said aloud. */
function useTurn({ state }: Place): void {
  const client = useQueryClient()
  const before = useRef(state)
  useEffect(() => {
    if (state === 'turn' && before.current !== 'turn') {
      for (const read of offers) void client.invalidateQueries({ queryKey: [read.name] })
      announce('Ваша очередь подошла: выбирайте время', { urgent: true })
    }
    before.current = state
  }, [state, client])
}
