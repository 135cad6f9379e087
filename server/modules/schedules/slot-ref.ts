import { SlotNotFound } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'

/** The natural key of one time: organisation, timetable, start, place (0 unless several people are seen at once). */
export type SlotKey = { organizationId: string; scheduleId: string; startsAt: Date; seq: number }

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const PATTERN = new RegExp(`^(${UUID})~(${UUID})~([1-9]\\d{8,10})~(0|[1-9]\\d{0,3})$`)

/** The key as callers carry it about, `organisation~timetable~epoch seconds~place`; opaque to them. */
export const formatSlotRef = ({ organizationId, scheduleId, startsAt, seq }: SlotKey): string =>
  `${organizationId}~${scheduleId}~${Math.floor(startsAt.getTime() / 1000)}~${seq}`

/** Reads a reference back. Throws SlotNotFound for anything that `formatSlotRef` would not have written. */
export function parseSlotRef(ref: string): SlotKey {
  const match = PATTERN.exec(ref)
  if (!match) throw new Problem(SlotNotFound)
  const [, organizationId, scheduleId, seconds, seq] = match as unknown as [string, string, string, string, string]
  return { organizationId, scheduleId, startsAt: new Date(Number(seconds) * 1000), seq: Number(seq) }
}
