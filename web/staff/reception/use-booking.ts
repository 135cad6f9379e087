import { useCallback, useEffect, useRef, useState } from 'react'
import {
  confirmHold,
  HoldExpired,
  HoldNotFound,
  holdSlot,
  moveAppointment,
  type Appointment,
  type Hold,
} from '../../../contracts/booking.ts'
import type { PastRules } from './rule-refusal.tsx'
import { listDays, listDoctors, listFreeSlots, listSpecialties } from '../../../contracts/schedules.ts'
import {
  giveBack,
  useAction,
  useSecondsLeft,
  type Refusal,
  useExtension,
  useReleaseOnLeaving,
} from '../../api/index.ts'
import { visitReads } from '../people/visits.ts'

/** What shows free times, and is out of date once one is taken or let go. */
export const offers = [listSpecialties, listDoctors, listDays, listFreeSlots] as const

type Asked = { patientId: string; ref: string; moving?: string | undefined; past?: PastRules | undefined }

type Held = { hold: Hold; asked: Asked }

/** The time that is held now; it is given back when it is let go and when one leaves. */
function useHeld() {
  const [held, setHeld] = useState<Held | undefined>(undefined)
  const latest = useRef<Hold | undefined>(undefined)
  const keep = useCallback((next: Held | undefined) => {
    latest.current = next?.hold
    setHeld(next)
  }, [])
  const letGo = useCallback(() => {
    const hold = latest.current
    keep(undefined)
    if (hold) void giveBack(hold)
  }, [keep])
  useEffect(() => () => void (latest.current && giveBack(latest.current)), [])
  return { held, keep, letGo }
}

/** Makes a hold a visit, or the new time of the visit that is being moved. */
function useConfirmation(onDone: (appointment: Appointment) => void) {
  const refreshes = [...offers, ...visitReads]
  const booking = useAction(confirmHold, { onDone, refreshes })
  const moving = useAction(moveAppointment, { onDone, refreshes })
  const confirm = ({ hold, asked: { patientId, moving: appointmentId } }: Held) => {
    const holdId = hold.id
    if (appointmentId) moving.run({ params: { patientId, appointmentId }, body: { holdId } })
    else booking.run({ body: { holdId, patientId } })
  }
  const reset = () => {
    booking.reset()
    moving.reset()
  }
  const busy = booking.busy || moving.busy
  return { confirm, reset, busy, refusal: busy ? undefined : (booking.refusal ?? moving.refusal) }
}

/**
 * Booking of one time: `take` holds it while the data are read back to the patient, `confirm` books it (or moves the
 * visit `moving` to it), `letGo` gives it back, and so does leaving. `over` says that the hold has run out.
 */
export function useBooking(onBooked: (appointment: Appointment) => void) {
  const { held, keep, letGo } = useHeld()
  const confirmation = useConfirmation((appointment) => {
    keep(undefined)
    onBooked(appointment)
  })
  const holding = useAction(holdSlot, { refreshes: offers })
  const left = useSecondsLeft(held?.hold.expiresAt)
  const take = async (asked: Asked): Promise<Refusal | undefined> => {
    const { patientId, ref, moving, past } = asked
    confirmation.reset()
    try {
      keep({ hold: await holding.runAsync({ body: { patientId, ref, ...(moving && { moving }), ...past } }), asked })
      return undefined
    } catch (refusal) {
      keep(undefined)
      return refusal as Refusal
    }
  }
  const { busy, refusal } = confirmation
  useExtension(busy ? undefined : held?.hold, (hold) => held && keep({ ...held, hold }))
  useReleaseOnLeaving(
    () => held?.hold,
    () => busy,
  )
  const lost = refusal?.problem.type === HoldExpired.type || refusal?.problem.type === HoldNotFound.type
  return {
    held,
    left,
    over: held !== undefined && (lost || (left === 0 && !busy)),
    take,
    letGo,
    taking: holding.busy,
    takeRefusal: holding.busy ? undefined : holding.refusal,
    forget: holding.reset,
    confirm: () => held && confirmation.confirm(held),
    busy,
    refusal: lost ? undefined : refusal,
  }
}
