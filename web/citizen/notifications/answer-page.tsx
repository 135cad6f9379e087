import { useState, type ReactNode } from 'react'
import { answerVisit, showVisitToAnswer, type VisitToAnswer } from '../../../contracts/notifications.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  Button,
  ButtonLink,
  capital,
  Card,
  dayOf,
  dayWords,
  EmptyState,
  ErrorState,
  inOneSentence,
  momentWords,
  Notice,
  Page,
  phoneWords,
  Skeleton,
  timeWords,
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'

/** «Приду / не приду» by the link of a reminder, without signing in: when, where, and two buttons. */
export default function AnswerPage({ token }: { token: string }): ReactNode {
  const read = useRead(showVisitToAnswer, { params: { token } })
  const missing = read.error && [404, 422].includes(read.error.problem.status)
  return (
    <Page title="Ваш приём">
      {missing ? (
        <EmptyState
          icon="search"
          title="Ссылка не подходит"
          actions={<ButtonLink href={at.home()}>В кабинет пациента</ButtonLink>}
        >
          <p>Откройте её из последнего сообщения целиком.</p>
        </EmptyState>
      ) : read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="card" label="Открываем приём" />
      ) : (
        <Visit token={token} visit={read.data} />
      )}
    </Page>
  )
}

function Visit({ token, visit }: { token: string; visit: VisitToAnswer }): ReactNode {
  const zone = visit.timeZone
  const today = dayOf(useNow(), zone)
  return (
    <Card kind="brand">
      <p className="when">
        <span className="when__day">{capital(dayWords(dayOf(visit.startsAt, zone), today))}</span>
        <span className="when__time numbers">{timeWords(visit.startsAt, zone)}</span>
      </p>
      <p className="strong">{visit.organizationName}</p>
      <Answers token={token} visit={visit} />
      {visit.organizationPhone && (
        <p className="soft">
          Регистратура: <a href={`tel:${visit.organizationPhone}`}>{phoneWords(visit.organizationPhone)}</a>
        </p>
      )}
      <p className="small soft">
        Врач, кабинет и талон видны после входа в <a href={at.home()}>кабинет пациента</a>.
      </p>
    </Card>
  )
}

function Answers({ token, visit }: { token: string; visit: VisitToAnswer }): ReactNode {
  const [asking, setAsking] = useState(false)
  const action = useAction(answerVisit, { refreshes: [showVisitToAnswer], onDone: () => setAsking(false) })
  const answer = (word: 'coming' | 'not-coming' | 'bring-back') =>
    action.run({ params: { token }, body: { answer: word } })
  const refusal = action.refusal && (
    <Notice live kind="error">
      {inOneSentence(action.refusal.problem)}
    </Notice>
  )
  if (visit.state === 'over') return <Notice title="Этот приём уже прошёл или идёт" />
  if (visit.state === 'cancelled')
    return (
      <>
        <Notice live kind="success" title="Запись отменена">
          <p>
            {visit.canBringBack
              ? 'Время отдано другим. Если его ещё не заняли, запись можно вернуть.'
              : 'Приходить не нужно.'}
          </p>
        </Notice>
        {refusal}
        {visit.canBringBack && (
          <Button busy={action.busy} onClick={() => answer('bring-back')}>
            Всё-таки приду
          </Button>
        )}
      </>
    )
  return (
    <>
      {visit.answer && (
        <Notice live kind={visit.answer === 'coming' ? 'success' : 'info'}>
          {visit.answer === 'coming'
            ? 'Вы ответили, что придёте. Ждём вас.'
            : 'Вы ответили, что не придёте. Регистратура это видит.'}
        </Notice>
      )}
      {refusal}
      {asking ? (
        <Notice
          live
          kind="warning"
          title="Точно не придёте?"
          actions={
            <>
              <Button kind="danger" busy={action.busy} onClick={() => answer('not-coming')}>
                Да, не приду
              </Button>
              <Button onClick={() => setAsking(false)}>Назад</Button>
            </>
          }
        >
          <p>
            {visit.cancelUntil
              ? 'Запись отменится, а время достанется другому.'
              : 'Отменить запись уже нельзя, но регистратура увидит ваш ответ.'}
          </p>
        </Notice>
      ) : (
        <div className="cluster">
          {visit.answer !== 'coming' && (
            <Button kind="primary" size="large" icon="check" busy={action.busy} onClick={() => answer('coming')}>
              Приду
            </Button>
          )}
          {visit.answer !== 'not-coming' && (
            <Button size="large" onClick={() => setAsking(true)}>
              Не приду
            </Button>
          )}
        </div>
      )}
      {visit.cancelUntil && (
        <p className="small soft">Отменить можно до: {momentWords(visit.cancelUntil, visit.timeZone)}.</p>
      )}
    </>
  )
}
