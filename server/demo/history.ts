import { openVisit, saveDraft } from '../modules/chart/index.ts'
import { prepareDocument, signDocument, type DocumentPorts } from '../modules/documents/index.ts'
import type { NewPatient } from '../modules/patients/index.ts'
import { ensureActionPartitions } from '../platform/journal.ts'
import { perform } from '../platform/perform.ts'
import type { Platform } from '../platform/platform.ts'
import { addDays, instantOf } from '../platform/time.ts'
import type { Actor, Work } from '../platform/work.ts'
import { Chance } from './chance.ts'
import { consultationOf, stories, type Story } from './consultations.ts'
import { demoSpecialties } from './organizations.ts'
import type { DemoEmployee } from './staff.ts'

export type PastVisit = { patient: NewPatient; doctor: DemoEmployee; at: Date; story: Story; isChild: boolean }
type Chosen = { patient: NewPatient; organizationId: string | undefined; visits: number }

/** How far back the history goes. */
const DAYS = 640

/** Who was seen by whom, when and with what, over the last two years. Oldest first, so that repeat visits are such. */
export function planHistory(
  chosen: readonly Chosen[],
  employees: readonly DemoEmployee[],
  today: string,
  timeZone: string,
): PastVisit[] {
  const chance = new Chance('history')
  const doctors = employees.filter((e) => e.role === 'doctor')
  const plan = chosen.flatMap(({ patient, organizationId, visits }) => {
    const age = Number(today.slice(0, 4)) - Number(patient.birthDate.slice(0, 4))
    const fitting = stories.filter((s) => age >= s.ages[0] && age <= s.ages[1])
    return Array.from({ length: fitting.length > 0 ? visits : 0 }, (): PastVisit | undefined => {
      const story = chance.pick(fitting)
      const able = doctors.filter((d) => d.specialty === story.specialty)
      const near = able.filter((d) => d.organizationId === organizationId)
      const day = addDays(today, -chance.int(14, DAYS))
      const at = instantOf(timeZone, day, `${String(chance.int(9, 16)).padStart(2, '0')}:${chance.int(1, 5)}0`)
      return able.length > 0
        ? { patient, doctor: chance.pick(near.length > 0 ? near : able), at, story, isChild: age < 18 }
        : undefined
    }).filter((v) => v !== undefined)
  })
  return plan.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** A doctor at work at a moment, with a second factor just given. */
const actorOf = (doctor: DemoEmployee, at: Date): Actor => ({
  id: doctor.accountId,
  kind: 'employee',
  role: 'doctor',
  name: doctor.name,
  organizationId: doctor.organizationId!,
  staffId: doctor.staffId!,
  steppedUpAt: at,
})

/**
 * Conducts the planned visits through the same use cases as a doctor's screen, with the clock set back: drafts, documents
 * and signatures of the history are as real as those made today. `tell` hears how far it is.
 */
export async function writeHistory(
  platform: Platform,
  ports: DocumentPorts,
  plan: readonly PastVisit[],
  tell: (what: string) => void,
): Promise<void> {
  const months = new Set(plan.map((v) => v.at.toISOString().slice(0, 7)))
  for (const month of months)
    await platform.transact((tx) => ensureActionPartitions(tx, new Date(`${month}-01T00:00:00Z`)))
  const chance = new Chance('measurements')
  const records = plan.map((visit) => consultationOf(visit.story, chance, visit.isChild))
  let done = 0
  for (const [i, visit] of plan.entries()) {
    await conduct(platform, ports, visit, records[i]!)
    if (++done % 20 === 0) tell(`${done} из ${plan.length} приёмов`)
  }
}

async function conduct(
  platform: Platform,
  ports: DocumentPorts,
  { patient, doctor, at, story }: PastVisit,
  record: ReturnType<typeof consultationOf>,
): Promise<void> {
  const act = <T>(name: `${string}.${string}`, minutesLater: number, job: (work: Work) => Promise<T>): Promise<T> => {
    const now = new Date(at.getTime() + minutesLater * 60_000)
    return perform({ ...platform, now: () => now }, actorOf(doctor, now), { name, journal: 'patient-change' }, job)
  }
  const visit = await act('chart.start-visit', 0, (work) => {
    work.note({ patientId: patient.id, grounds: 'attachment' })
    return openVisit(work, {
      patientId: patient.id,
      organizationId: doctor.organizationId!,
      staffId: doctor.staffId!,
      specialtyCode: demoSpecialties[story.specialty].code,
      appointmentId: null,
    })
  })
  const { version } = await act('chart.save-draft', 9, (work) => saveDraft(work, patient.id, visit.id, 0, record))
  const prepared = await act('documents.prepare', 11, (work) =>
    prepareDocument(work, ports, patient.id, visit.id, version),
  )
  await act('documents.sign', 12, (work) => signDocument(work, ports, patient.id, prepared.documentId, undefined))
}
