import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { localDay } from '../../server/platform/time.ts'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { signInAsEmployee } from './people.ts'

// The morning of a Wednesday: the grid shows four weeks from its Monday, so the last week is not open for booking yet and
// nobody can be booked there.
const LAST_MONDAY = 21

describe('a head of department', () => {
  const region = useDemoRegion()
  stepsOfAJourney()
  let page: Page
  /** Two doctors whose last weeks the journey changes, and one who has patients. */
  let one: Locator
  let other: Locator
  const block = (row: Locator, day: number) => row.locator(`[data-day="${day}"] button`)
  const hours = (row: Locator, day: number) => block(row, day).locator('.visually-hidden').allTextContents()
  const focused = () => page.locator('.weeks :focus')
  beforeAll(async () => {
    page = await region().desk()
    await signInAsEmployee(page, 'gromov', '/staff/timetables')
    await page.getByRole('link', { name: 'Недели отделения' }).click()
    await page.getByRole('grid').waitFor()
    one = page.locator('[data-row="0"]')
    other = page.locator('[data-row="1"]')
  })

  it('sees the planned hours of the department by doctors and days', async () => {
    await expectGoodScreen(page, 'weeks of a department')
    expect(await page.getByRole('row').count()).toBeGreaterThan(3)
  })

  it('puts, moves, stretches and takes away hours by the keyboard, and takes steps back', async () => {
    await page.getByText('Только этот день').click()
    // The Sunday of the last week: nobody works.
    await page.getByRole('grid').locator('[data-stop]').focus()
    await page.keyboard.press('End')
    await expect.poll(() => focused().getAttribute('data-day')).toBe('27')
    await page.keyboard.press('Enter')
    await expect.poll(() => hours(one, 27)).toEqual(['08:00–14:00'])
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await expect.poll(() => hours(one, 27)).toEqual(['08:15–14:00'])
    await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(() => hours(other, 27)).toEqual(['08:15–14:00'])
    expect(await hours(one, 27)).toEqual([])
    await page.keyboard.press('Control+KeyC')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Control+KeyV')
    await expect.poll(() => hours(one, 27)).toEqual(['08:15–14:00'])
    await page.keyboard.press('Delete')
    await expect.poll(() => hours(one, 27)).toEqual([])
    await page.keyboard.press('Control+KeyZ')
    await expect.poll(() => hours(one, 27)).toEqual(['08:15–14:00'])
    await page.keyboard.press('Control+Shift+KeyZ')
    await expect.poll(() => hours(one, 27)).toEqual([])
  })

  it('drags hours to another day with the mouse, and stretches them by their end', async () => {
    const from = (await block(other, 27).boundingBox())!
    const to = (await one.locator('[data-day="26"]').boundingBox())!
    const middle = from.x + from.width / 2
    await page.mouse.move(middle, from.y + 10)
    await page.mouse.down()
    await page.mouse.move(middle - to.width / 2, to.y + 20, { steps: 5 })
    await page.mouse.move(middle - to.width, to.y + 20, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => hours(one, 26)).toEqual(['08:15–14:00'])
    expect(await hours(other, 27)).toEqual([])
    const moved = (await block(one, 26).boundingBox())!
    await page.mouse.move(moved.x + moved.width - 2, moved.y + 10)
    await page.mouse.down()
    // An hour and more to the right: 84 pixels are fourteen hours.
    await page.mouse.move(moved.x + moved.width + 10, moved.y + 10, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => (await hours(one, 26))[0]).toMatch(/^08:15–1[56]:/)
  })

  it('says hours to the minute, for one kind of visit', async () => {
    await block(one, 26).dblclick()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Конец').fill('13:20')
    await dialog.getByLabel('Для каких приёмов').selectOption('repeat')
    await expectGoodScreen(page, 'hours of a day')
    await dialog.getByRole('button', { name: 'Изменить часы' }).click()
    await expect.poll(() => hours(one, 26)).toEqual(['08:15–13:20, приём повторный'])
  })

  it('is told at once of hours that cannot be, and nothing changes', async () => {
    await block(one, 26).focus()
    await page.keyboard.press('Control+KeyC')
    await page.keyboard.press('Control+KeyV')
    await page.getByText('Часы одного дня пересекаются').first().waitFor()
    expect(await hours(one, 26)).toHaveLength(1)
  })

  it('finds the draft again after closing the page', async () => {
    await page.reload()
    await page.getByRole('grid').waitFor()
    await expect.poll(() => hours(one, 26)).toEqual(['08:15–13:20, приём повторный'])
    await page.getByRole('heading', { name: 'В черновике 1 график' }).waitFor()
  })

  it('takes away a day on which patients are booked, of another doctor', async () => {
    const { rows } = await region().database.pool.query<{ name: string; day: string }>(
      `select p.last_name as name, to_char(s.starts_at at time zone 'Europe/Moscow', 'YYYY-MM-DD') as day
       from schedules.slot s join organizations.practitioner_role r on r.id = s.practitioner_role_id
       join organizations.practitioner p on p.id = r.practitioner_id
       join organizations.organization o on o.id = s.organization_id
       where s.status = 'booked' and s.starts_at > $1 and s.starts_at < $1::timestamptz + interval '10 days'
         and p.last_name = 'Орлов' order by s.starts_at desc limit 1`,
      [region().now()],
    )
    const { name, day } = rows[0]!
    const monday = localDay(new Date(region().now().getTime() - 2 * 86_400_000), 'Europe/Moscow')
    const column = (Date.parse(day) - Date.parse(monday)) / 86_400_000
    await page.getByText('Только этот день').click()
    const row = page.getByRole('row').filter({ hasText: name }).first()
    await block(row, column).first().focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => hours(row, column)).toEqual([])
    await page.getByRole('heading', { name: 'В черновике 2 графика' }).waitFor()
  })

  it('publishes all of it: what touches nobody goes through, the rest is shown with what to do', async () => {
    await page.getByRole('button', { name: 'Опубликовать…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Почему' }).fill('Субботний приём')
    await expectGoodScreen(page, 'publication of a draft')
    await dialog.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText('Публикация закончена').waitFor()
    await page.getByText('Опубликовано 1, осталось решить: 1.').waitFor()
    await page.getByText('На время, которое исчезает, записаны пациенты').waitFor()
    // What went through has left the draft.
    await page.getByRole('heading', { name: 'В черновике 1 график' }).waitFor()
    await expectGoodScreen(page, 'publication that is over')
    const changes = await region().database.pool.query<{ reason: string; author: string }>(
      `select c.reason from schedules.change c where c.kind = 'edited'`,
    )
    expect(changes.rows).toEqual([{ reason: 'Субботний приём' }])
  })

  it('is led to the page where the touched visits are decided, with the hours already there', async () => {
    await page.getByRole('button', { name: 'Решить, что делать с записями' }).click()
    await page.getByRole('heading', { name: 'Изменение графика' }).waitFor()
    await page.getByRole('heading', { name: 'Применить изменение' }).waitFor()
    await expectGoodScreen(page, 'visits that a draft touches')
    await page.goBack()
    await page.getByText('Публикация закончена').waitFor()
  })

  it('goes on seeing how far it is after a reload, and takes the rest of the draft back', async () => {
    await page.reload()
    await page.getByText('Публикация закончена').waitFor()
    await page.getByRole('button', { name: 'Очистить черновик' }).click()
    await page.getByRole('heading', { name: 'В черновике' }).waitFor({ state: 'detached' })
    await expect.poll(() => hours(one, LAST_MONDAY + 5)).toEqual(['08:15–13:20, приём повторный'])
  })

  it('makes a timetable of shifts with quotas, and sees the weeks it makes before it is made', async () => {
    await page.goto('/staff/timetables')
    await page.getByRole('link', { name: /Орлов/ }).click()
    await page.getByRole('link', { name: 'Новый график' }).click()
    await page.getByLabel('Как повторяется').selectOption('two-by-two')
    await page.getByLabel('Доля, %: пациенты сами').fill('60')
    await page.getByText('в 2-й день цикла').first().waitFor()
    await expectGoodScreen(page, 'a new timetable of shifts')
    await page.getByRole('button', { name: 'Создать график' }).click()
    await page.getByText('Выберите кабинет').waitFor()
  })

  it('moves the horizon of booking and takes it back', async () => {
    await page.goto('/staff/timetables/publication')
    const days = page.getByLabel('На сколько дней вперёд')
    await days.fill('21')
    await page.getByRole('button', { name: 'Изменить горизонт' }).click()
    await page.getByText('Сейчас открыто 21 день').waitFor()
    await page.getByRole('button', { name: 'Вернуть прежний' }).click()
    await page.getByText('Сейчас открыто 14 дней').waitFor()
    await expectGoodScreen(page, 'horizon of booking')
  })

  it('on a phone changes a doctor’s days one under another', async () => {
    const phone = await region().phone()
    await signInAsEmployee(phone, 'gromov', '/staff/timetables/weeks')
    await phone.getByLabel('Врач').waitFor()
    await phone.getByRole('button', { name: 'На неделю позже' }).click()
    await expectGoodScreen(phone, 'weeks on a phone')
    await phone.getByRole('button', { name: /^Добавить часы: вс/ }).click()
    await phone.getByRole('button', { name: 'Добавить часы', exact: true }).click()
    await phone.getByRole('heading', { name: 'В черновике 1 график' }).waitFor()
    await expectGoodScreen(phone, 'a draft on a phone')
  })

  it('all this without an error in any console', () => {
    expect(region().errors).toEqual([])
  })
})
