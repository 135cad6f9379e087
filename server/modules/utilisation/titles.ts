import type { UsageBy } from '../../../contracts/utilisation.ts'
import type { Work } from '../../platform/work.ts'
import { roomsByIds, specialtyTitle, staffByIds, type OrganizationFull } from '../organizations/index.ts'
import type { Facts } from './usage.ts'

type Title = { title: string; note: string | null }
export type Titles = {
  of(key: string): Title
  /** The department that a doctor belongs to. */
  departmentOf(staffId: string): string | undefined
}

const channels: Readonly<Record<string, string>> = {
  portal: 'Кабинет пациента',
  'call-centre': 'Колл-центр',
  registrar: 'Регистратура',
  doctor: 'Врач',
  system: 'Другие системы',
}

/** What the keys of a breakdown are called: the words of doctors, rooms and departments, two packets at most. */
export async function titlesOf(
  work: Work,
  by: UsageBy,
  facts: Facts,
  organizations: readonly OrganizationFull[],
): Promise<Titles> {
  const places = [...facts.times, ...facts.visits]
  const [staff, rooms] = await Promise.all([
    staffByIds(work, [...new Set(places.map((place) => place.staffId))]),
    by === 'room' ? roomsOf(work, places) : new Map<string, Title>(),
  ])
  const words = new Map<string, Title>(rooms)
  for (const { id, name, specialtyTitle: specialty, specialtyCode, departmentId, departmentName } of staff.values()) {
    words.set(id, { title: name, note: [specialty, departmentName].filter(Boolean).join(', ') })
    words.set(departmentId, { title: departmentName, note: null })
    if (specialtyCode && specialty) words.set(specialtyCode, { title: specialty, note: null })
  }
  for (const { id, shortName } of organizations) words.set(id, { title: shortName, note: null })
  return {
    of: (key) => words.get(key) ?? { title: channels[key] ?? specialtyTitle(key), note: null },
    departmentOf: (staffId) => staff.get(staffId)?.departmentId,
  }
}

async function roomsOf(
  work: Work,
  places: readonly { organizationId: string; roomId: string }[],
): Promise<Map<string, Title>> {
  const ids = new Map<string, Set<string>>()
  for (const { organizationId, roomId } of places)
    ids.set(organizationId, (ids.get(organizationId) ?? new Set()).add(roomId))
  const found = await Promise.all(
    [...ids].map(([organizationId, rooms]) => roomsByIds(work, organizationId, [...rooms])),
  )
  return new Map(
    found
      .flatMap((rooms) => [...rooms.values()])
      .map((room) => [room.id, { title: `Кабинет ${room.number}`, note: room.departmentName }]),
  )
}
