import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRule, type RuleBody, type RuleDecision } from '../../../contracts/booking-rules.ts'
import { revokeExternalSystem } from '../../../contracts/other-systems.ts'
import { formatSlotRef, type SlotKey } from '../../modules/schedules/index.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { timetable, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { openClinicWithSystems } from './testing/clinic-with-systems.ts'
import { addPeople, threeDoors, type Door, type Person } from './testing/three-doors.ts'

// One clinic, three protocols, each by its real client: the same refusals, each in the words of its protocol.

/** 14:00–16:00, half of it for other systems until a day before. */
const shared = timetable({
  staffId: staff.secondTherapist,
  specialtyCode: specialties.therapy,
  roomId: polyclinic.rooms[1],
  channels: ['portal', 'system'],
  quotas: [{ channel: 'system', share: 50 }],
  quotaHours: 24,
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '14:00', ends: '16:00' })),
})

let clinic: Clinic
let address: string
let doors: Door[]
let people: Person[]
let child: Person

beforeAll(async () => {
  const opened = await openClinicWithSystems([shared])
  clinic = opened.clinic
  address = opened.address
  doors = await threeDoors(clinic, address, staff.therapist)
  people = await addPeople(clinic, 8)
  const [born] = await addPeople(clinic, 1, '2020-01-01')
  child = born!
})
/** No visits, no rules, Monday morning. */
async function begin(): Promise<void> {
  await clinic.reset(MONDAY)
  await sql`truncate booking.rule_override, booking.visit_referral, booking.rule_version`.execute(clinic.db)
  await sql`update booking.rule_set set revision = ${newId()}`.execute(clinic.db)
}
beforeEach(begin)
afterAll(() => clinic.close())

const make = (body: RuleBody, given: Partial<RuleDecision> = {}) =>
  clinic.app.call(actors.administrator, createRule, {
    body: {
      name: 'Правило для проверки',
      legalSource: 'правило региона',
      validFrom: '2026-01-01',
      validUntil: null,
      order: 10,
      overridable: false,
      organizationIds: [],
      specialtyCodes: [],
      channels: [],
      body,
      ...given,
      takesEffectAt: null,
      reason: 'Проверка',
    },
  })

/** What each of the three says. */
const each = async (ask: (door: Door, i: number) => Promise<string>): Promise<string[]> => {
  const said: string[] = []
  for (const [i, door] of doors.entries()) said.push(await ask(door, i))
  return said
}
const meet = (person: Person) => each((door) => door.meet(person))
const bookEach = (person: Person, ref: string) => each((door) => door.book(person, ref))
const nothingIsWrong = async () => expect(await clinic.disagreements()).toEqual([])

describe('a rule of the region refuses other systems, too', () => {
  const rules: [RuleBody, string][] = [
    [{ kind: 'age', parameters: { from: 60, to: 90 } }, 'APPOINT_TIME_AVAILABLE_PATIENT_OTHER_AGE'],
    [{ kind: 'sex', parameters: { sex: 'female' } }, 'BOOKING_RULE_SEX'],
    [{ kind: 'attachment', parameters: { attachedNowhere: 'refused' } }, 'BOOKING_RULE_ATTACHMENT'],
    [{ kind: 'referral', parameters: {} }, 'BOOKING_RULE_REFERRAL'],
    [{ kind: 'minimum-notice', parameters: { minutes: 10_000 } }, 'BOOKING_RULE_MINIMUM_NOTICE'],
    [{ kind: 'horizon', parameters: { days: 1 } }, 'BOOKING_RULE_HORIZON'],
  ]
  it.each(rules)('%o', async (body, fer) => {
    const [person] = people
    const ref = (await clinic.times(staff.therapist)).at(body.kind === 'horizon' ? -1 : 5)!
    await make(body)
    expect(await meet(person!)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS'])
    expect(await bookEach(person!, ref)).toEqual([fer, '1017', '1017'])
    expect(await sql`select from booking.appointment`.execute(clinic.db)).toMatchObject({ rows: [] })
    await nothingIsWrong()
  })

  it('when a doctor’s day is full, or the share of a channel', async () => {
    const times = await clinic.times(staff.therapist)
    await make({ kind: 'daily-load', parameters: { most: 1 } })
    await clinic.book(actors.registrar, patients.sidorova, times[0]!)
    await meet(people[0]!)
    expect(await bookEach(people[0]!, times[1]!)).toEqual(['BOOKING_RULE_DAILY_LOAD', '1017', '1017'])
    await begin()
    await make({ kind: 'channel-quota', parameters: { most: 1 } }, { channels: ['portal'] })
    expect(await doors[0]!.book(people[0]!, times[1]!)).toBe('SUCCESS')
    await meet(people[1]!)
    expect(await bookEach(people[1]!, times[2]!)).toEqual(['BOOKING_RULE_CHANNEL_QUOTA', '1017', '1017'])
    await nothingIsWrong()
  })

  it('and the conditions of a timetable: the age, one visit to a specialty, one place at a time', async () => {
    const [therapist, cardiologist] = [await clinic.times(staff.therapist), await clinic.times(staff.cardiologist)]
    expect(await meet(child)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS'])
    expect(await bookEach(child, cardiologist[3]!)).toEqual([
      'APPOINT_TIME_AVAILABLE_PATIENT_OTHER_AGE',
      '1010',
      '1010',
    ])
    const person = people[2]!
    await meet(person)
    await clinic.book(actors.registrar, person.id, therapist[3]!)
    expect(await bookEach(person, therapist[8]!)).toEqual(['APPOINT_PATIENT_REGISTERED_SPECIALIST', '1011', '1011'])
    expect(await bookEach(person, cardiologist[3]!)).toEqual([
      'APPOINT_PATIENT_REGISTERED_OTHER_SPECIALIST',
      '1012',
      '1012',
    ])
    expect(await bookEach(people[2]!, therapist[3]!.replace(/~\d+$/, '~7'))).toEqual(['SLOT_NOT_FOUND', '1006', '1006'])
    await nothingIsWrong()
  })
})

describe('a quota of other systems', () => {
  /** Times of the shared doctor on a day: those of the quota, and the others. */
  const timesOf = async (day: string): Promise<{ own: string[]; open: string[] }> => {
    const { rows } = await sql<SlotKey & { own: boolean }>`select organization_id as "organizationId",
      schedule_id as "scheduleId", starts_at as "startsAt", seq, channels = array['system'] as own from schedules.slot
      where schedule_id = ${shared.id} and (starts_at at time zone 'Europe/Moscow')::date = ${day}::date
      order by starts_at`.execute(clinic.db)
    const refs = (own: boolean) => rows.filter((row) => row.own === own).map(formatSlotRef)
    return { own: refs(true), open: refs(false) }
  }

  it('is theirs alone until it flows back, and beside it they have what the portal has', async () => {
    const { own, open } = await timesOf('2026-03-04')
    expect([own.length, open.length]).toEqual([3, 3])
    expect(await clinic.refusedHold(actors.petrov, patients.petrov, own[0]!)).toMatchObject({
      type: '/problems/slot-closed-to-channel',
    })
    for (const [i, door] of doors.entries())
      for (const [person, ref] of [
        [people[i]!, own[i]!],
        [people[i + 3]!, open[i]!],
      ] as const) {
        await door.meet(person)
        expect(await door.book(person, ref), door.name).toBe('SUCCESS')
      }
    await meet(people[7]!)
    expect(await bookEach(people[7]!, own[0]!)).toEqual(['APPOINT_TIME_IS_BUSY', '1007', '1007'])
    expect(await doors[0]!.cancel(people[0]!, own[0]!)).toBe('SUCCESS')
    expect(await clinic.refusedHold(actors.petrov, patients.petrov, own[0]!)).toMatchObject({ status: 403 })
    clinic.app.now = new Date('2026-03-03T16:00:00+03:00')
    expect(await clinic.book(actors.petrov, patients.petrov, own[0]!)).toMatchObject({ status: 'booked' })
    await nothingIsWrong()
  })

  it('that is used up leaves nothing where the portal has nothing', async () => {
    await sql`update schedules.slot set channels = array['registrar'] where schedule_id = ${shared.id}
      and channels <> array['system']`.execute(clinic.db)
    const { own, open } = await timesOf('2026-03-05')
    for (const [i, door] of doors.entries()) {
      await door.meet(people[i]!)
      expect(await door.book(people[i]!, own[i]!), door.name).toBe('SUCCESS')
    }
    await meet(people[3]!)
    expect(await bookEach(people[3]!, open[0]!)).toEqual(['SLOT_CLOSED_TO_CHANNEL', '1009', '1009'])
    await nothingIsWrong()
  })
})

describe('a system', () => {
  it('of each protocol, and a citizen, ask for one time at once: one gets it', async () => {
    const times = await clinic.times(staff.therapist)
    for (const round of [4, 5, 6, 7]) {
      const ref = times[round]!
      await Promise.all(doors.map((door, i) => door.meet(people[i]!)))
      const said = await Promise.all([
        ...doors.flatMap((door, i) => [door.book(people[i]!, ref), door.book(people[i]!, ref)]),
        clinic.book(actors.petrov, patients.masha, ref).then(
          () => 'SUCCESS',
          () => 'APPOINT_TIME_IS_BUSY',
        ),
      ])
      const { rows } = await sql<{ patient: string }>`select patient_id as patient from booking.appointment`.execute(
        clinic.db,
      )
      expect(rows).toHaveLength(1)
      // Both requests of one system are one request; everybody else is told that the time is taken.
      const won = said.filter((code) => code === 'SUCCESS').length
      expect(won).toBe(rows[0]!.patient === patients.masha ? 1 : 2)
      expect(new Set(said.filter((code) => code !== 'SUCCESS'))).toEqual(
        new Set(['APPOINT_TIME_IS_BUSY', '1007'].filter((code) => said.includes(code))),
      )
      await nothingIsWrong()
      await clinic.reset(MONDAY)
    }
  })

  it('whose access is taken back, or that asks too often, is heard no more', async () => {
    const slow = await threeDoors(clinic, address, staff.therapist, { requestsPerMinute: 2 })
    for (const door of slow) {
      expect(await door.meet(people[0]!), door.name).toBe('SUCCESS')
      await door.meet(people[0]!)
      expect(await door.meet(people[0]!), door.name).toBe(door.name === 'fer' ? 'too-many-requests' : '1003')
    }
    clinic.app.later(1)
    for (const door of slow) {
      expect(await door.meet(people[0]!), door.name).toBe('SUCCESS')
      await clinic.app.call(actors.administrator, revokeExternalSystem, { params: { systemId: door.system.id } })
      expect(await door.meet(people[0]!), door.name).toBe(door.name === 'fer' ? 'not-signed-in' : '1001')
    }
  })

  it('books only at its organisations, and for whom it has named within a month', async () => {
    const ref = (await clinic.times(staff.therapist))[5]!
    const elsewhere = await threeDoors(clinic, address, staff.therapist, { organizationIds: [hospital.id] })
    const said = []
    for (const door of elsewhere) {
      await door.meet(people[0]!)
      said.push(await door.book(people[0]!, ref))
    }
    expect(said).toEqual(['SLOT_CLOSED_TO_CHANNEL', '1002', '1002'])
    const fresh = await threeDoors(clinic, address, staff.therapist)
    const unnamed = []
    for (const door of fresh) unnamed.push(await door.book(people[1]!, ref))
    expect(unnamed).toEqual([expect.stringMatching(/fault|no-such-system-session/), '1004', '1004'])
    for (const door of fresh) expect(await door.meet(people[1]!)).toBe('SUCCESS')
    clinic.app.now = new Date(MONDAY.getTime() + 31 * 86_400_000)
    const later = []
    for (const door of fresh) later.push(await door.book(people[1]!, ref))
    expect(later).toEqual(['no-such-system-session', '1004', '1004'])
  })
})
