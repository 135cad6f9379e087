import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { holdSlot, type Hold } from '../../../contracts/booking.ts'
import { listDays, listDoctors, listFreeSlots, listSpecialties } from '../../../contracts/schedules.ts'
import { giveBack, useAction, type Refusal, useExtension, useReleaseOnLeaving } from '../../api/index.ts'

/** What shows free times, and is out of date once a time is held or let go. */
export const offers = [listSpecialties, listDoctors, listDays, listFreeSlots] as const

type Asked = { patientId: string; ref: string; moving: string | undefined; category?: string | undefined }

/**
 * The time held for the person while they read and confirm. `take` holds one and answers with the
 * refusal if there was one (asking again for the same gives the same hold); `letGo` gives it back to everybody, and so does leaving the booking; `keep` ends the care of it once confirmed.
 */
export function useHold() {
  const [hold, setHold] = useState<Hold | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  const [refusals, setRefusals] = useState(0)
  const held = useRef<Hold | undefined>(undefined)
  const client = useQueryClient()
  const action = useAction(holdSlot, { refreshes: offers })

  const remember = useCallback((next: Hold | undefined) => {
    held.current = next
    setHold(next)
  }, [])

  const { runAsync } = action
  const take = useCallback(
    async ({ patientId, ref, moving, category }: Asked): Promise<Refusal | undefined> => {
      setRefusal(undefined)
      try {
        remember(await runAsync({ body: { patientId, ref, ...(moving && { moving }), ...(category && { category }) } }))
        return undefined
      } catch (error) {
        remember(undefined)
        setRefusal(error as Refusal)
        setRefusals((n) => n + 1)
        // Whatever the reason, what is shown as free may not be.
        for (const read of offers) void client.invalidateQueries({ queryKey: [read.name] })
        return error as Refusal
      }
    },
    [runAsync, remember, client],
  )

  const keep = useCallback(() => remember(undefined), [remember])
  const letGo = useCallback(() => {
    const last = held.current
    remember(undefined)
    if (last) void giveBack(last)
  }, [remember])
  useEffect(() => () => void (held.current && giveBack(held.current)), [])
  // While it is becoming a visit, nobody gives it back or prolongs it.
  const settling = useRef(false)
  const settle = useCallback((busy: boolean) => void (settling.current = busy), [])
  useExtension(hold, (next) => held.current?.id === next.id && !settling.current && remember(next))
  useReleaseOnLeaving(
    () => held.current,
    () => settling.current,
  )

  const forget = useCallback(() => setRefusal(undefined), [])
  return { hold, refusal, refusals, taking: action.busy, take, letGo, keep, settle, forget }
}
