import type { ReactNode } from 'react'
import { acceptChange, listAsked, type ChangeOffer } from '../../../contracts/schedule-edits.ts'
import { useAction, useRead } from '../../api/index.ts'
import { Badge, Button, Card, momentWords, Rows, shortName, showToast, useNow } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession } from '../session.tsx'

const MINUTE_MS = 60_000

/** Whom an edit has moved and who is asked if it suits: the desk sees who has not answered, and may call them. */
export function AskedList(): ReactNode {
  const read = useRead(listAsked, {}, { every: () => MINUTE_MS })
  const offers = read.data?.offers ?? []
  if (offers.length === 0) return null
  const silent = offers.filter((offer) => offer.answer === null).length
  return (
    <Card title="Кому предложено другое время" aside={<span className="soft">ещё не ответили: {silent}</span>}>
      <Rows>
        {offers.map((offer) => (
          <Asked key={offer.appointment.id} offer={offer} />
        ))}
      </Rows>
    </Card>
  )
}

function Asked({ offer }: { offer: ChangeOffer }): ReactNode {
  const { me } = useSession()
  const now = useNow()
  const { appointment, before, answer, answerBy } = offer
  const zone = appointment.timeZone
  const accept = useAction(acceptChange, {
    refreshes: [listAsked],
    onDone: () => showToast({ text: `${appointment.patientName}: новое время подходит` }),
  })
  const open = answer === null && new Date(answerBy) > now
  return (
    <li className="row-place">
      <div className="edit-visit stack stack--tight">
        <p>
          <a className="strong" href={at.patient(appointment.patientId)}>
            {appointment.patientName}
          </a>{' '}
          <Answer offer={offer} open={open} />
        </p>
        <p className="soft small">
          Было: {momentWords(before.startsAt, zone)}, {shortName(before.doctorName)}. Стало:{' '}
          {momentWords(appointment.startsAt, zone)}, {shortName(appointment.doctorName)}.
        </p>
        {open && <p className="soft small">Ждём ответа до: {momentWords(answerBy, zone)}</p>}
        {open && me.role === 'registrar' && (
          <div>
            <Button
              size="small"
              busy={accept.busy}
              busyText="Отмечаем…"
              onClick={() =>
                accept.run({
                  params: { patientId: appointment.patientId, appointmentId: appointment.id },
                  body: {},
                })
              }
            >
              Согласился по телефону<span className="visually-hidden">: {appointment.patientName}</span>
            </Button>
          </div>
        )}
        {!accept.busy && <ProblemNotice refusal={accept.refusal} />}
      </div>
    </li>
  )
}

function Answer({ offer: { answer }, open }: { offer: ChangeOffer; open: boolean }): ReactNode {
  if (answer === 'accepted') return <Badge kind="success">согласен</Badge>
  if (answer === 'moved') return <Badge>выбрал другое время</Badge>
  if (answer === 'cancelled') return <Badge>запись отменена</Badge>
  if (answer === 'overtaken') return <Badge>изменено ещё раз</Badge>
  return open ? <Badge kind="warning">ждём ответа</Badge> : <Badge>не ответил, запись остаётся</Badge>
}
