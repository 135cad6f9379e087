import type { QueryClient } from '@tanstack/react-query'
import {
  confirmHold,
  holdSlot,
  listPatientAppointments,
  showAppointment,
  type Appointment,
} from '../../../contracts/booking.ts'
import { listFreeSlots } from '../../../contracts/schedules.ts'
import { call, queryKey, Refusal } from '../../api/index.ts'
import { dayOf, showToast } from '../../ui/index.ts'
import { at } from '../addresses.ts'

/**
 * Undoes a cancellation: books the very same time anew, while it is free. It is a new visit with a new ticket, and its
 * page opens. When the time is gone, says so and offers the doctor's other times.
 */
export async function bringBack(visit: Appointment, client: QueryClient): Promise<void> {
  const { patientId, organizationId, specialtyCode: code, staffId } = visit
  const other = at.book({ for: patientId, org: organizationId, specialty: code, doctor: staffId })
  try {
    const day = dayOf(visit.startsAt, visit.timeZone)
    const { slots } = await call(listFreeSlots, {
      params: { organizationId, code },
      query: { patientId, staffId, day },
    })
    const slot = slots.find((s) => s.startsAt === visit.startsAt)
    if (!slot) return tell('Это время уже занято', 'Выбрать другое', other)
    const hold = await call(holdSlot, { body: { patientId, ref: slot.ref } })
    const back = await call(confirmHold, { body: { holdId: hold.id, patientId } })
    client.setQueryData(queryKey(showAppointment, { params: { patientId, appointmentId: back.id } }), back)
    void client.invalidateQueries({ queryKey: [listPatientAppointments.name] })
    history.replaceState({ fresh: 'booked' }, '', at.ticket(patientId, back.id))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    tell(error.problem.title, 'Записаться заново', other)
  }
}

const tell = (text: string, label: string, address: string) =>
  showToast({ text, action: { label, run: () => history.pushState(null, '', address) } })
