import type { WaitingEntry } from '../../../contracts/waiting.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds, roomsByIds, specialtyTitle, staffNamesByIds } from '../organizations/index.ts'
import { openOffersOf, type OfferRow } from './store-offers.ts'
import { visitsInPlayOf, type VisitRow } from './store-visits.ts'
import { countGivenBack, type QueuedEntry } from './store-waiting.ts'
import { expectedDays, OBSERVED_DAYS, standingVisit } from './waiting-rules.ts'

/** Entries in the words of their contract, in the order given. Two packets. */
export async function describeWaiting(work: Work, entries: readonly QueuedEntry[]): Promise<WaitingEntry[]> {
  if (entries.length === 0) return []
  const since = new Date(work.now.getTime() - OBSERVED_DAYS * 86_400_000)
  const [offers, visits, givenBack] = await Promise.all([
    openOffersOf(work, entries),
    visitsInPlayOf(work, [...new Set(entries.map((entry) => entry.patientId))]),
    countGivenBack(work, entries, since),
  ])
  const offerOf = new Map(offers.map((offer) => [offer.entryId, offer]))
  const standingOf = (entry: QueuedEntry) =>
    standingVisit(visits.get(entry.patientId) ?? [], entry.specialtyCode, work.now)
  const names = await namesOf(
    work,
    entries,
    offers,
    entries.flatMap((e) => standingOf(e)?.organizationId ?? []),
  )
  return entries.map((entry) =>
    describeEntry(entry, names, {
      visit: standingOf(entry),
      offer: offerOf.get(entry.id),
      givenBack: givenBack.get(`${entry.organizationId} ${entry.specialtyCode}`) ?? 0,
    }),
  )
}

type Known = { visit: VisitRow | undefined; offer: OfferRow | undefined; givenBack: number }

function describeEntry(entry: QueuedEntry, names: Names, { visit, offer, givenBack }: Known): WaitingEntry {
  const { id, patientId, organizationId, specialtyCode, staffId, firstDay, lastDay, priority, place, earlier } = entry
  const organization = names.organizations.get(organizationId)
  return {
    id,
    patientId,
    organizationId,
    organizationName: organization?.shortName ?? '',
    timeZone: organization?.timeZone ?? 'UTC',
    specialtyCode,
    specialtyTitle: specialtyTitle(specialtyCode),
    staffId,
    doctorName: (staffId && names.staff.get(staffId)?.name) || null,
    firstDay,
    lastDay,
    fromTime: entry.fromTime === '00:00' ? null : entry.fromTime,
    untilTime: entry.untilTime === '24:00' ? null : entry.untilTime,
    joinedAt: entry.joinedAt.toISOString(),
    priority,
    place,
    waiting: entry.waiting,
    expectedDays: expectedDays(place, givenBack),
    earlier,
    visit: visit ? describeVisit(visit, names) : null,
    offer: offer ? describeOffer(offer, names) : null,
  }
}

const describeVisit = (visit: VisitRow, names: Names): NonNullable<WaitingEntry['visit']> => ({
  appointmentId: visit.id,
  startsAt: visit.startsAt.toISOString(),
  timeZone: names.organizations.get(visit.organizationId)?.timeZone ?? 'UTC',
})

type Names = Awaited<ReturnType<typeof namesOf>>

function describeOffer(offer: OfferRow, names: Names): NonNullable<WaitingEntry['offer']> {
  const room = names.rooms.get(offer.roomId)
  return {
    id: offer.id,
    startsAt: offer.startsAt.toISOString(),
    endsAt: offer.endsAt.toISOString(),
    staffId: offer.staffId,
    doctorName: names.staff.get(offer.staffId)?.name ?? '',
    room: room?.number ?? '',
    address: room?.address ?? names.organizations.get(offer.organizationId)?.address ?? '',
    expiresAt: offer.expiresAt.toISOString(),
  }
}

async function namesOf(
  work: Work,
  entries: readonly QueuedEntry[],
  offers: readonly OfferRow[],
  elsewhere: readonly string[],
) {
  const places = [...new Set(offers.map((offer) => offer.organizationId))]
  const staffIds = [...entries.flatMap((entry) => entry.staffId ?? []), ...offers.map((offer) => offer.staffId)]
  const [organizations, staff, ...rooms] = await Promise.all([
    organizationsByIds(work, [...new Set([...entries.map((entry) => entry.organizationId), ...elsewhere])]),
    staffNamesByIds(work, [...new Set(staffIds)]),
    ...places.map((id) => {
      const here = offers.filter((offer) => offer.organizationId === id)
      return roomsByIds(work, id, [...new Set(here.map((offer) => offer.roomId))])
    }),
  ])
  return { organizations, staff, rooms: new Map(rooms.flatMap((map) => [...map])) }
}
