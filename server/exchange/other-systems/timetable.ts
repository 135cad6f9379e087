import type { DoctorOffer, FreeSlot } from '../../../contracts/schedules.ts'
import { SystemNotAllowed } from '../../../contracts/other-systems.ts'
import { NotFound } from '../../../contracts/problems.ts'
import {
  allOrganizations,
  organizationNumbers,
  staffByIds,
  type OrganizationFull,
  type StaffMember,
} from '../../modules/organizations/index.ts'
import {
  listBookableOrganizations,
  listDoctors,
  listFreeSlots,
  listSpecialties,
  type SchedulePorts,
} from '../../modules/schedules/index.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay, localTime } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'

// What every protocol asks of organisations, doctors and times, over the same use cases as our own pages.

export type Place = OrganizationFull & { number: number; freeSlots: number }
export type OfferedDoctor = DoctorOffer & { specialtyCode: string; specialtyTitle: string; member: StaffMember }

/** Organisations where the system may book and where there is a timetable for it; counted for the patient when named. */
export async function placesFor(work: Work, ports: SchedulePorts, patientId?: string): Promise<Place[]> {
  const [{ organizations: offers }, all, numbers] = await Promise.all([
    listBookableOrganizations(work, ports, patientId),
    allOrganizations(work),
    organizationNumbers(work),
  ])
  const full = new Map(all.map((organization) => [organization.id, organization]))
  return offers.flatMap(({ id, freeSlots }) => {
    const organization = full.get(id)
    if (!organization || !mayUse(work, id)) return []
    return [{ ...organization, number: numbers.get(id)!, freeSlots }]
  })
}

/** One organisation, by whatever the protocol calls it. Throws NotFound, SystemNotAllowed. */
export async function placeBy(work: Work, is: (place: OrganizationFull & { number: number }) => boolean) {
  const [all, numbers] = await Promise.all([allOrganizations(work), organizationNumbers(work)])
  const place = all.map((o) => ({ ...o, number: numbers.get(o.id)! })).find(is)
  if (!place) throw new Problem(NotFound, { detail: 'Такой организации нет.' })
  if (!mayUse(work, place.id)) throw new Problem(SystemNotAllowed, { detail: 'Эта организация системе не разрешена.' })
  return place
}

const mayUse = ({ actor }: Work, id: string): boolean => actor.organizationIds?.includes(id) ?? true

export const specialtiesAt = async (work: Work, ports: SchedulePorts, organizationId: string, patientId?: string) =>
  (await listSpecialties(work, ports, organizationId, patientId)).specialties

/** Doctors with a timetable here, of one specialty or of all. */
export async function doctorsAt(
  work: Work,
  ports: SchedulePorts,
  organizationId: string,
  { specialtyCode, patientId }: { specialtyCode?: string | undefined; patientId?: string | undefined } = {},
): Promise<OfferedDoctor[]> {
  const all = await specialtiesAt(work, ports, organizationId, patientId)
  const specialties = all.filter(({ code }) => specialtyCode === undefined || code === specialtyCode)
  const lists = await Promise.all(
    specialties.map(({ code }) => listDoctors(work, ports, { organizationId, code }, patientId)),
  )
  const offers = lists.flatMap(({ doctors }, i) =>
    doctors.map((doctor) => ({
      ...doctor,
      specialtyCode: specialties[i]!.code,
      specialtyTitle: specialties[i]!.title,
    })),
  )
  const members = await staffByIds(work, [...new Set(offers.map((offer) => offer.staffId))])
  return offers.map((offer) => ({ ...offer, member: members.get(offer.staffId)! }))
}

/** Free times of doctors (those of `doctorsAt`) from an instant to an instant, earliest first. */
export async function timesOf(
  work: Work,
  ports: SchedulePorts,
  organizationId: string,
  doctors: readonly { staffId: string; specialtyCode: string }[],
  { from, until, patientId }: { from: Date; until: Date; patientId?: string | undefined },
): Promise<FreeSlot[]> {
  const lists = await Promise.all(
    doctors.map(({ staffId, specialtyCode: code }) =>
      listFreeSlots(work, ports, { organizationId, code }, { staffId, ...(patientId && { patientId }) }),
    ),
  )
  return lists
    .flatMap(({ slots }) => slots)
    .filter(({ startsAt }) => Date.parse(startsAt) >= from.getTime() && Date.parse(startsAt) < until.getTime())
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt, 'en'))
}

/** The clock on the wall of the organisation, as these protocols write a visit's time: without a zone. */
export const wallClock = (instant: string | Date, zone: string): string => {
  const date = new Date(instant)
  return `${localDay(date, zone)}T${localTime(date, zone)}:00`
}
