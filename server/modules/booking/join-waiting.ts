import type { InputOf } from '../../../contracts/endpoint.ts'
import { AlreadyBooked, AppointmentNotFound, SlotClosedToChannel } from '../../../contracts/booking.ts'
import { Invalid } from '../../../contracts/problems.ts'
import {
  AlreadyWaiting,
  NobodyToWaitFor,
  TooManyWaiting,
  type joinWaiting as contract,
  type WaitingEntry,
} from '../../../contracts/waiting.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds, staffOfOrganization } from '../organizations/index.ts'
import { channelsOf } from '../schedules/index.ts'
import { announceQueue } from './announce-waiting.ts'
import { describeWaiting } from './describe-waiting.ts'
import { refusalBy } from './refusal-by.ts'
import { actForPatient, isSeenBy } from './rights.ts'
import { visitsInPlay } from './store-visits.ts'
import { entriesOfPatient, insertEntry, lapseEntry, type EntryRow } from './store-waiting.ts'
import { standingVisit } from './waiting-rules.ts'

/** One may wait for a time at most so many days ahead. */
const LONGEST_WAIT_DAYS = 90
/** A patient's live entries at most. */
const MOST_ENTRIES = 10

type Asked = InputOf<typeof contract>['body']

/**
 * Puts a patient on the waiting list of a specialty. From then on times that become free are offered; those that are
 * free already can be booked by anybody. With `moving`, a sooner time than that visit is waited for, which stands
 * meanwhile. Throws AlreadyWaiting, TooManyWaiting, NobodyToWaitFor, AlreadyBooked (with the visit),
 * AppointmentNotFound, SlotClosedToChannel, Invalid (days, hours), PatientNotFound.
 */
export async function joinWaiting(work: Work, patientId: string, asked: Asked): Promise<WaitingEntry> {
  const { organizationId, specialtyCode, staffId } = asked
  const id = newId()
  const [, visits, live, organizations, staff] = await Promise.all([
    actForPatient(work, patientId, { objectType: 'waiting', objectId: id }),
    visitsInPlay(work, patientId),
    entriesOfPatient(work, patientId, undefined),
    organizationsByIds(work, [organizationId]),
    staffOfOrganization(work, organizationId),
  ])
  if (!isSeenBy(work.actor, organizationId))
    throw new Problem(SlotClosedToChannel, { detail: 'В лист ожидания ставят только в своей организации.' })
  const organization = organizations.get(organizationId)
  const there = staff.some((s) => s.specialtyCode === specialtyCode && (staffId === null || s.id === staffId))
  if (!organization || !there) throw new Problem(NobodyToWaitFor)
  const today = localDay(work.now, organization.timeZone)
  requirePossible(asked, today)
  const standing = standingVisit(visits, specialtyCode, work.now)
  if (asked.moving && standing?.id !== asked.moving) throw new Problem(AppointmentNotFound)
  if (standing && !asked.moving) throw refusalBy({ visit: standing, rule: AlreadyBooked })

  const entry: EntryRow = {
    organizationId,
    id,
    patientId,
    specialtyCode,
    staffId,
    firstDay: asked.firstDay,
    lastDay: asked.lastDay,
    fromTime: asked.fromTime ?? '00:00',
    untilTime: asked.untilTime ?? '24:00',
    channels: [...channelsOf(work.actor.role)],
    earlier: asked.moving !== null,
    priority: usualPriority(),
    state: 'waiting',
    joinedBy: work.actor.id,
    joinedAt: work.now,
  }
  const others = live.filter((e) => e.lastDay >= today)
  if (others.length >= MOST_ENTRIES) throw new Problem(TooManyWaiting)
  const [, added] = await Promise.all([lapseEntry(work, entry, today), insertEntry(work, entry)])
  if (!added) throw new Problem(AlreadyWaiting)
  announceQueue(work, entry)
  const made = (await entriesOfPatient(work, patientId, organizationId)).filter((e) => e.id === id)
  return (await describeWaiting(work, made))[0]!
}

/** Everybody's alike while the patient register knows of no groups that the law puts first. */
const usualPriority = (): number => 0

function requirePossible({ firstDay, lastDay, fromTime, untilTime }: Asked, today: string): void {
  const fields: { path: string; message: string }[] = []
  if (lastDay < today) fields.push({ path: 'lastDay', message: 'Этот день уже прошёл' })
  if (lastDay < firstDay) fields.push({ path: 'lastDay', message: 'Последний день раньше первого' })
  if (lastDay > addDays(today, LONGEST_WAIT_DAYS))
    fields.push({ path: 'lastDay', message: `Ждать можно не дольше ${LONGEST_WAIT_DAYS} дней` })
  if ((untilTime ?? '24:00') <= (fromTime ?? '00:00'))
    fields.push({ path: 'untilTime', message: 'Конец должен быть позже начала' })
  if (fields.length > 0) throw new Problem(Invalid, { fields })
}
