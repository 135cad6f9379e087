import type { Visit } from '../../../contracts/chart.ts'
import { AppointmentIsOver } from '../../../contracts/booking.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { appointmentOf, beginVisit } from '../booking/index.ts'
import { describeVisit } from './show-visit.ts'
import * as store from './store.ts'

/** A second visit to the same specialty within this many days is a repeat one. */
const REPEAT_DAYS = 90

/**
 * Opens the visit of one's own appointment with a case, and marks the patient as being seen. Doing it again gives the
 * same visit. Throws PatientNotFound when the appointment is not this doctor's with this patient.
 */
export async function startVisit(work: Work, patientId: string, appointmentId: string): Promise<Visit> {
  const { organizationId, staffId } = work.actor
  if (!organizationId || !staffId) throw new Problem(PatientNotFound)
  const appointment = await appointmentOf(work, organizationId, appointmentId)
  if (!appointment || appointment.patientId !== patientId || appointment.staffId !== staffId)
    throw new Problem(PatientNotFound)
  work.note({ patientId, grounds: 'appointment', objectType: 'appointment', objectId: appointmentId })

  const known = await store.visitOfAppointment(work, patientId, appointmentId)
  if (known) return describeVisit(work, known)
  if (appointment.status === 'cancelled' || appointment.status === 'moved') throw new Problem(AppointmentIsOver)
  const visit = await openVisit(work, {
    patientId,
    organizationId,
    staffId,
    specialtyCode: appointment.specialtyCode,
    appointmentId,
  })
  await beginVisit(work, appointment)
  return describeVisit(work, visit)
}

type Opening = {
  patientId: string
  organizationId: string
  staffId: string
  specialtyCode: string
  appointmentId: string | null
}

/** Adds the case and its visit; when another tab was faster, that one's visit is given. */
export async function openVisit(work: Work, opening: Opening): Promise<store.VisitRow> {
  const since = new Date(work.now.getTime() - REPEAT_DAYS * 86_400_000)
  const repeat = await store.hasSignedVisit(
    work,
    opening.patientId,
    opening.organizationId,
    opening.specialtyCode,
    since,
  )
  const episode = {
    patientId: opening.patientId,
    id: newId(),
    organizationId: opening.organizationId,
    openedBy: opening.staffId,
    openedAt: work.now,
    number: numberOf(work.now),
  }
  const visit = {
    ...opening,
    id: newId(),
    episodeId: episode.id,
    kind: repeat ? ('repeat' as const) : ('primary' as const),
    startedAt: work.now,
  }
  const added = await store.insertVisit(work, episode, visit)
  if (!added) return (await store.visitOfAppointment(work, opening.patientId, opening.appointmentId!))!
  work.announce({
    type: 'chart.visit-started',
    key: opening.patientId,
    topics: [`patient/${opening.patientId}`, `day/${opening.staffId}`],
    payload: { patientId: opening.patientId, visitId: visit.id },
  })
  return { ...visit, episodeNumber: episode.number, finishedAt: null, state: 'open' }
}

/** Number of a case as people quote it: the day and a part of a fresh id, unique enough to read out. */
function numberOf(now: Date): string {
  return `${now.toISOString().slice(2, 10).replaceAll('-', '')}-${newId().slice(-6)}`
}
