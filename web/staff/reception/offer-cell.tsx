import type { ReactNode } from 'react'
import {
  acceptOffer,
  declineOffer,
  listPatientWaiting,
  listWaiting,
  type WaitingEntry,
} from '../../../contracts/waiting.ts'
import { useAction } from '../../api/index.ts'
import { Button, inOneSentence, momentWords, Notice, showToast, timeWords } from '../../ui/index.ts'
import { visitReads } from '../people/visits.ts'

const refreshes = [listWaiting, listPatientWaiting]

/** The time that waits for the patient's answer; the desk answers for who has called. */
export function OfferCell({ entry, answers }: { entry: WaitingEntry; answers: boolean }): ReactNode {
  const { offer, patientId, timeZone } = entry
  const accept = useAction(acceptOffer, {
    refreshes: [...refreshes, ...visitReads],
    onDone: ({ startsAt }) => showToast({ text: `Пациент записан: ${momentWords(startsAt, timeZone)}` }),
  })
  const decline = useAction(declineOffer, {
    refreshes,
    onDone: () => showToast({ text: 'Время предложено следующему' }),
  })
  if (!offer) return '—'
  const params = { patientId, offerId: offer.id }
  const refusal = accept.refusal ?? decline.refusal
  const when = momentWords(offer.startsAt, timeZone)
  return (
    <span className="stack stack--tight">
      <span>
        {when}
        <br />
        <span className="soft small">ждёт ответа до {timeWords(offer.expiresAt, timeZone)}</span>
      </span>
      {answers && (
        <span className="cluster">
          <Button size="small" kind="primary" busy={accept.busy} onClick={() => accept.run({ params })}>
            Записать<span className="visually-hidden">: {when}</span>
          </Button>
          <Button size="small" busy={decline.busy} onClick={() => decline.run({ params })}>
            Отказ<span className="visually-hidden">: {when}</span>
          </Button>
        </span>
      )}
      {refusal && !accept.busy && !decline.busy && (
        <Notice live kind="error">
          {inOneSentence(refusal.problem)}
        </Notice>
      )}
    </span>
  )
}
