import type { QueryClient } from '@tanstack/react-query'
import { confirmHold, holdSlot, type Appointment } from '../../../contracts/booking.ts'
import { listFreeSlots } from '../../../contracts/schedules.ts'
import { call, Refusal } from '../../api/index.ts'
import { dayOf, showToast } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { visitReads } from './visits.ts'

/**
 * Undoes a cancellation: books the very same time anew while it is free. It is a new visit with a new ticket. When the
 * time is gone, says so and offers the doctor's other times.
 */
export async function bringBack(visit: Appointment, client: QueryClient): Promise<void> {
  const { patientId, organizationId, specialtyCode: code, staffId } = visit
  const day = dayOf(visit.startsAt, visit.timeZone)
  const offerOther = (text: string) => {
    const address = at.book(patientId, { specialty: code, doctor: staffId, day })
    showToast({ text, action: { label: 'Выбрать другое', run: () => history.pushState(null, '', address) } })
  }
  try {
    const { slots } = await call(listFreeSlots, {
      params: { organizationId, code },
      query: { patientId, staffId, day },
    })
    const slot = slots.find((s) => s.startsAt === visit.startsAt)
    if (!slot) return offerOther('Это время уже занято')
    const hold = await call(holdSlot, { body: { patientId, ref: slot.ref } })
    const back = await call(confirmHold, { body: { holdId: hold.id, patientId } })
    showToast({ text: `Запись возвращена. Новый код: ${back.code}` })
    await Promise.all(visitReads.map((read) => client.invalidateQueries({ queryKey: [read.name] })))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    offerOther(error.problem.title)
  }
}
