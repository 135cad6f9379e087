import { useCallback, useEffect, useRef, useState } from 'react'
import {
  confirmHold,
  HoldExpired,
  HoldNotFound,
  holdSlot,
  moveAppointment,
  releaseHold,
  type Appointment,
  type Hold,
} from '../../../contracts/booking.ts'
import { listDays, listDoctors, listFreeSlots, listSpecialties } from '../../../contracts/schedules.ts'
import { call, useAction, useSecondsLeft, type Refusal } from '../../api/index.ts'
import { visitReads } from '../people/visits.ts'

/** What shows free times, and is out of date once one is taken or let go. */
export const offers = [listSpecialties, listDoctors, listDays, listFreeSlots] as const

type Asked = { patientId: string; ref: string; moving?: string | undefined }

/**
 * Booking of one time: `take` holds it while the data are read back to the patient, `confirm` books it (or moves the
 * visit `moving` to it), `letGo` gives it back, and so does leaving. `over` says that the hold has run out.
 */
export function useBooking(onBooked: (appointment: Appointment) => void) {
  const [held, setHeld] = useState<{ hold: Hold; asked: Asked } | undefined>(undefined)
  const latest = useRef<Hold | undefined>(undefined)
  const keep = useCallback((next: typeof held) => {
    latest.current = next?.hold
    setHeld(next)
  }, [])
  const done = (appointment: Appointment) => {
    keep(undefined)
    onBooked(appointment)
  }
  const refreshes = [...offers, ...visitReads]
  const holding = useAction(holdSlot, { refreshes: offers })
  const booking = useAction(confirmHold, { onDone: done, refreshes })
  const moving = useAction(moveAppointment, { onDone: done, refreshes })
  const left = useSecondsLeft(held?.hold.expiresAt)

  const take = async (asked: Asked): Promise<Refusal | undefined> => {
    const { patientId, ref } = asked
    booking.reset()
    moving.reset()
    try {
      const hold = await holding.runAsync({ body: { patientId, ref, ...(asked.moving && { moving: asked.moving }) } })
      keep({ hold, asked })
      return undefined
    } catch (refusal) {
      keep(undefined)
      return refusal as Refusal
    }
  }
  const letGo = useCallback(() => {
    const hold = latest.current
    keep(undefined)
    if (hold) void giveBack(hold)
  }, [keep])
  useEffect(() => () => void (latest.current && giveBack(latest.current)), [])
  const confirm = () => {
    if (!held) return
    const { hold, asked } = held
    if (asked.moving)
      moving.run({
        params: { patientId: asked.patientId, appointmentId: asked.moving },
        body: { holdId: hold.id },
      })
    else booking.run({ body: { holdId: hold.id, patientId: asked.patientId } })
  }
  const busy = booking.busy || moving.busy
  const refusal = busy ? undefined : (booking.refusal ?? moving.refusal)
  const lost = refusal?.problem.type === HoldExpired.type || refusal?.problem.type === HoldNotFound.type
  return {
    held,
    left,
    over: Boolean(held) && (lost || (left === 0 && !busy)),
    taking: holding.busy,
    takeRefusal: holding.busy ? undefined : holding.refusal,
    forget: holding.reset,
    take,
    letGo,
    confirm,
    busy,
    refusal: lost ? undefined : refusal,
  }
}

/** A hold that cannot be given back runs out by itself in minutes, so failing is silent. */
const giveBack = (hold: Hold) =>
  call(releaseHold, { params: { holdId: hold.id }, query: { patientId: hold.patientId } }).catch(() => undefined)
