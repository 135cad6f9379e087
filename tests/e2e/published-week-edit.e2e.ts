import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, instantOf, localDay, startOfLocalDay } from '../../server/platform/time.ts'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { signInAsCitizen, signInAsEmployee } from './people.ts'

type Person = { id: string; lastName: string; name: string }
type Doctor = { organizationId: string; scheduleId: string; staffId: string; specialty: string }

const ZONE = 'Europe/Moscow'
/** The twelve of the demo who are adults and are known to Госуслуги as their cards have them. */
const adults = ['Смирнова', 'Кузнецов', 'Попова', 'Волков', 'Соколов', 'Фёдорова', 'Андреева', 'Титов']

// The cardiologist's Monday is published and six patients have its morning. The registrar takes the morning away.
describe('a registrar edits a published week with six booked patients', () => {
  const region = useDemoRegion()
  stepsOfAJourney()
  let desk: Page
  let doctor: Doctor
  let monday: string
  let people: Person[]
  let visits: string[]
  afterAll(() => expect(region().errors).toEqual([]))

  const rowsOf = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> =>
    (await region().database.pool.query<R>(text, values)).rows
  /** An operation as the page of whoever is signed in would call it. */
  const call = (page: Page, path: string, body: object) =>
    page.evaluate(
      async ([to, sent]) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
        const reply = await fetch(to, { method: 'POST', headers, body: JSON.stringify(sent) })
        if (!reply.ok) throw new Error(`${to}: ${await reply.text()}`)
        return (await reply.json()) as { id: string }
      },
      [`/api/v1${path}`, body] as const,
    )
  const book = async (person: Person, time: string) => {
    const start = instantOf(ZONE, monday, time).getTime() / 1000
    const ref = `${doctor.organizationId}~${doctor.scheduleId}~${start}~0`
    const hold = await call(desk, '/holds', { patientId: person.id, ref })
    return (await call(desk, '/appointments', { patientId: person.id, holdId: hold.id })).id
  }
  const lineOf = (person: Person) => desk.getByRole('group', { name: person.name, exact: true })

  beforeAll(async () => {
    desk = await region().desk()
    await signInAsEmployee(desk, 'kuznetsova')
    monday = addDays(localDay(region().now(), ZONE), 5)
    const [found] = await rowsOf<Doctor>(
      `select s.organization_id as "organizationId", s.id as "scheduleId", s.practitioner_role_id as "staffId",
         s.specialty_code as specialty
       from schedules.schedule s
       join organizations.practitioner_role r on r.organization_id = s.organization_id and r.id = s.practitioner_role_id
       join organizations.practitioner p on p.id = r.practitioner_id
       where p.last_name = 'Орлов' and p.first_name = 'Олег' and p.middle_name = 'Игоревич'`,
    )
    doctor = found!
    people = await rowsOf<Person>(
      `select p.patient_id as id, p.last_name as "lastName", concat_ws(' ', p.last_name, p.first_name, p.middle_name) as name
       from patients.patient p
       where p.patient_id in (select distinct on (last_name) patient_id from patients.patient
           where last_name = any($1) and first_name = any('{Мария,Алексей,Нина,Дмитрий,Игорь,Людмила,Ольга,Геннадий}')
             and middle_name = any('{Андреевна,Викторович,Фёдоровна,Сергеевич,Петрович,Ивановна,Николаевна,Васильевич}')
           order by last_name, patient_id)
         and not exists (select from booking.patient_visit v where v.patient_id = p.patient_id and v.state = 'coming'
           and (v.specialty_code = $2 or v.starts_at between $3 and $4))
       order by p.last_name limit 6`,
      [adults, doctor.specialty, startOfLocalDay(ZONE, monday), startOfLocalDay(ZONE, addDays(monday, 1))],
    )
    expect(people).toHaveLength(6)
    // Whoever has the morning already gives it up for this journey's six.
    const free = await rowsOf<{ time: string }>(
      `select to_char(starts_at at time zone $1, 'HH24:MI') as time from schedules.slot
       where organization_id = $2 and schedule_id = $3 and status = 'free' and (hold_until is null or hold_until < $5)
         and starts_at >= $4 and starts_at < $4::timestamptz + interval '6 hours' order by starts_at`,
      [ZONE, doctor.organizationId, doctor.scheduleId, instantOf(ZONE, monday, '08:00'), region().now()],
    )
    visits = []
    for (const [i, person] of people.entries()) visits.push(await book(person, free[i]!.time))
  })

  it('sees before anything changes whom it touches, each with the nearest equivalent times', async () => {
    await desk.goto(`/staff/timetables/${doctor.staffId}`)
    await desk.getByRole('link', { name: 'Изменить' }).first().click()
    await desk.getByRole('heading', { name: 'Изменение графика' }).waitFor()
    await desk.getByLabel('Изменить с').fill(monday)
    await desk.getByLabel('Понедельник: начало').fill('14:00')
    await expectGoodScreen(desk, 'the edit of a timetable')
    await desk.getByRole('button', { name: 'Посмотреть, кого это затронет' }).click()
    await desk.getByText(/^Затронет/).waitFor()
    for (const person of people) await lineOf(person).getByLabel('Новое время').waitFor()
    await expectGoodScreen(desk, 'whom an edit touches')
    await desk.setViewportSize({ width: 360, height: 740 })
    await expectGoodScreen(desk, 'whom an edit touches, on a phone')
    await desk.setViewportSize({ width: 1280, height: 860 })
    const [{ booked } = { booked: -1 }] = await rowsOf<{ booked: number }>(
      `select count(*)::int as booked from booking.appointment where id = any($1) and status = 'booked'`,
      [visits],
    )
    expect(booked).toBe(6)
  })

  it('decides for all at once and then for one by one, with the keyboard', async () => {
    await desk.getByRole('button', { name: 'Предложить ближайшее' }).press('Enter')
    const [, moved, cancelled] = people as [Person, Person, Person]
    await lineOf(moved).getByRole('radio', { name: 'Предложить' }).focus()
    await desk.keyboard.press('ArrowRight')
    expect(await lineOf(moved).getByRole('radio', { name: 'Перенести' }).isChecked()).toBe(true)
    await lineOf(cancelled).getByText('Отменить', { exact: true }).click()
    await desk.getByRole('button', { name: 'Применить' }).click()
    await desk.getByText('Напишите причину').waitFor()
    await desk.getByLabel('Причина').fill('Врач принимает только после обеда')
  })

  it('keeps the decisions when a patient has left meanwhile, and then all is done at once', async () => {
    await call(desk, `/patients/${people[3]!.id}/appointments/${visits[3]!}/cancel`, { reason: null })
    await desk.getByRole('button', { name: 'Применить' }).click()
    await desk.getByText('Пока вы решали, записи изменились').waitFor()
    await lineOf(people[3]!).waitFor({ state: 'detached' })
    expect(await lineOf(people[1]!).getByRole('radio', { name: 'Перенести' }).isChecked()).toBe(true)
    expect(await lineOf(people[2]!).getByRole('radio', { name: 'Отменить' }).isChecked()).toBe(true)
    await desk.getByRole('button', { name: 'Применить' }).click()
    await desk.getByText(/График изменён\./).waitFor()
    const rows = await rowsOf<{ patient: string; coming: number }>(
      `select p.id as patient, (select count(*)::int from booking.patient_visit v where v.patient_id = p.id
         and v.specialty_code = $2 and v.state = 'coming') as coming from unnest($1::uuid[]) as p (id)`,
      [people.map((p) => p.id), doctor.specialty],
    )
    const coming = new Map(rows.map((row) => [row.patient, row.coming]))
    expect(people.map((p) => coming.get(p.id))).toEqual([1, 1, 0, 0, 1, 1])
  })

  it('is answered by a patient on the home page', async () => {
    const phone = await region().phone()
    await signInAsCitizen(phone, people[0]!.lastName)
    await phone.getByRole('button', { name: 'Подходит' }).waitFor()
    await phone.getByText(/Причина: врач принимает только после обеда/).waitFor()
    await expectGoodScreen(phone, 'the question on the home page')
    await phone.getByRole('button', { name: 'Подходит' }).click()
    await phone.getByText('Договорились: ждём вас в новое время').waitFor()
    await phone.getByRole('button', { name: 'Подходит' }).waitFor({ state: 'detached' })
    await phone.close()
  })

  it('is refused by another, who chooses another time from the page of the visit', async () => {
    const phone = await region().phone()
    await signInAsCitizen(phone, people[4]!.lastName, '/visits')
    await phone
      .getByRole('link', { name: /ардиолог/ })
      .first()
      .click()
    await phone.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    await phone.getByRole('button', { name: 'Подходит' }).waitFor()
    await expectGoodScreen(phone, 'the question on the page of the visit')
    await phone.getByRole('link', { name: 'Выбрать другое время' }).click()
    await phone.getByRole('button', { name: /Любой врач/ }).click()
    const time = phone
      .getByRole('main')
      .getByRole('button', { name: /^\d\d:\d\d/ })
      .last()
    await time.click()
    const move = phone.getByRole('button', { name: /Перенести|Записаться/ })
    const choice = phone.getByRole('dialog').getByRole('button').first()
    await move.or(choice).first().waitFor()
    if (await choice.isVisible()) await choice.click()
    await move.first().click()
    await phone.getByText('Запись перенесена').waitFor()
    await phone.getByRole('button', { name: 'Подходит' }).waitFor({ state: 'detached' })
    await phone.close()
  })

  it('reaches the one who is cancelled, with the reason', async () => {
    const phone = await region().phone()
    await signInAsCitizen(phone, people[2]!.lastName, '/notifications')
    await phone.getByText('Приём отменён организацией').first().waitFor()
    await phone
      .getByText(/Врач принимает только после обеда/)
      .first()
      .waitFor()
    await phone.close()
  })

  it('shows the desk who has answered, and the history who has changed what and why', async () => {
    await desk.goto('/staff/absences')
    await desk.getByRole('heading', { name: 'Кому предложено другое время' }).waitFor()
    await desk.getByText('согласен', { exact: true }).waitFor()
    await desk.getByText('выбрал другое время').waitFor()
    await expectGoodScreen(desk, 'absences')
    await desk.getByRole('button', { name: new RegExp(`Согласился по телефону.*${people[5]!.name}`) }).click()
    await desk.getByText(`${people[5]!.name}: новое время подходит`).waitFor()

    await desk.goto(`/staff/timetables/${doctor.staffId}/${doctor.scheduleId}/history`)
    await desk.getByText('Причина: Врач принимает только после обеда').waitFor()
    await desk
      .getByText(/Понедельник: 14:00–20:00/)
      .first()
      .waitFor()
    await expectGoodScreen(desk, 'the history of a timetable')
    await desk.setViewportSize({ width: 360, height: 740 })
    await expectGoodScreen(desk, 'the history of a timetable, on a phone')
  })
})
