import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { signInAsEmployee } from './people.ts'

describe('a registrar', () => {
  const region = useDemoRegion()
  stepsOfAJourney()
  let page: Page
  beforeAll(async () => {
    page = await region().desk()
    await signInAsEmployee(page, 'kuznetsova')
  })

  it('finds a patient by a part of the name with a typing error, and by the birth date', async () => {
    await page.goto('/staff/patients')
    const box = page.getByRole('searchbox').or(page.getByRole('textbox')).or(page.getByRole('combobox')).first()
    await box.fill('кузнецоф алексей')
    await page.getByText('Кузнецов Алексей Викторович').first().waitFor()
    await expectGoodScreen(page, 'patient search')
  })

  it('is told at once which digit group of a СНИЛС is wrong and that a date does not exist', async () => {
    await page.goto('/staff/patients/new')
    await page.getByRole('textbox', { name: /Фамилия/ }).fill('Новосёлова')
    await page.getByRole('textbox', { name: /^Имя/ }).fill('Анастасия')
    await page.getByRole('textbox', { name: /Отчество/ }).fill('Игоревна')
    await page.getByRole('textbox', { name: /Дата рождения/ }).fill('31.02.1990')
    await page.getByRole('textbox', { name: /СНИЛС/ }).fill('112-233-445 96')
    await page.getByRole('textbox', { name: /Дата рождения/ }).focus()
    await page
      .getByText(/Контрольные цифры не сходятся/)
      .first()
      .waitFor()
    await page
      .getByText(/Такой даты нет|нет в календаре/)
      .first()
      .waitFor()
    await expectGoodScreen(page, 'registration with mistakes')
  })

  it('registers the patient when the data are right', async () => {
    await page.getByRole('textbox', { name: /Дата рождения/ }).fill('28.02.1990')
    await page.getByRole('textbox', { name: /СНИЛС/ }).fill('112-233-445 95')
    await page.getByRole('radio', { name: 'Женский' }).check()
    await page.getByRole('button', { name: /Зарегистрировать|Создать карту/ }).click()
    await page.getByRole('heading', { name: 'Новосёлова Анастасия Игоревна' }).waitFor()
    await expectGoodScreen(page, 'patient')
  })

  it('is shown the existing card instead of making a second one for the same СНИЛС', async () => {
    await page.goto('/staff/patients/new')
    await page.getByRole('textbox', { name: /Фамилия/ }).fill('Другая')
    await page.getByRole('textbox', { name: /^Имя/ }).fill('Анна')
    await page.getByRole('textbox', { name: /Дата рождения/ }).fill('01.01.1980')
    await page.getByRole('textbox', { name: /СНИЛС/ }).fill('112-233-445 95')
    await page.getByRole('radio', { name: 'Женский' }).check()
    await page.getByRole('button', { name: /Зарегистрировать|Создать карту/ }).click()
    await page.getByText('Человек с таким номером уже зарегистрирован').first().waitFor()
  })

  it('books a visit for the patient', async () => {
    await page.goto('/staff/patients')
    await page
      .getByRole('searchbox')
      .or(page.getByRole('textbox'))
      .or(page.getByRole('combobox'))
      .first()
      .fill('11223344595')
    await page.getByText('Новосёлова Анастасия Игоревна').first().click()
    await page
      .getByRole('link', { name: /Записать/ })
      .first()
      .click()
    await page.getByRole('combobox', { name: 'Специальность' }).selectOption('27')
    await page
      .getByRole('main')
      .getByRole('button', { name: /^\d\d:\d\d/ })
      .first()
      .waitFor()
    await expectGoodScreen(page, 'booking for a patient')
    await page
      .getByRole('main')
      .getByRole('button', { name: /^\d\d:\d\d/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Записать', exact: true }).click()
    await page
      .getByText(/Код талона|записан/i)
      .first()
      .waitFor()
  })

  it('sees the schedule of the day, closes a free time and opens it again', async () => {
    await page.goto('/staff/schedule')
    await page.getByText('Иванова').first().waitFor()
    await expectGoodScreen(page, 'schedule of the day')
    const free = page
      .getByRole('gridcell')
      .getByRole('button', { name: /свободно/ })
      .or(page.getByRole('button', { name: /свободно/ }))
      .last()
    await free.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Закрыть это время').click()
    await dialog.getByRole('textbox', { name: 'Почему' }).fill('Совещание')
    await expectGoodScreen(page, 'time in the schedule')
    await dialog.getByRole('button', { name: 'Закрыть время' }).click()
    await page.getByText('Время закрыто для записи').waitFor()
    await page.getByRole('button', { name: 'Открыть снова' }).click()
    const changes = async () => {
      const { rows } = await region().database.pool.query<{ kind: string; reason: string }>(
        `select kind, reason from schedules.change where kind in ('closed', 'opened') order by at`,
      )
      return rows.map((row) => `${row.kind} ${row.reason ?? ''}`.trim())
    }
    await expect.poll(changes).toEqual(['closed Совещание', 'opened'])
  })

  it('all this without an error in any console', () => {
    expect(region().errors).toEqual([])
  })
})
