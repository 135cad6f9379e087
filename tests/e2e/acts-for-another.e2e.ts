import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { signInAsEmployee } from './people.ts'

const times = (page: Page) => page.getByRole('main').getByRole('button', { name: /^\d\d:\d\d/ })

/** Chooses an organisation, a specialty and the first time, and books. */
async function book(page: Page, organization: RegExp, specialty: RegExp): Promise<void> {
  const place = page.getByRole('combobox', { name: 'Организация' })
  await place.waitFor()
  const options = await place.locator('option').allTextContents()
  await place.selectOption({ label: options.find((text) => organization.test(text))! })
  const what = page.getByRole('combobox', { name: 'Специальность' })
  await what.waitFor()
  await what.selectOption({ label: (await what.locator('option').allTextContents()).find((t) => specialty.test(t))! })
  await times(page).first().waitFor()
  await expectGoodScreen(page, 'booking at a chosen organisation')
  await times(page).first().click()
  await page.getByRole('button', { name: 'Записать', exact: true }).click()
  await page.getByText('Пациент записан').waitFor()
}

describe('acting for another', () => {
  const region = useDemoRegion()
  stepsOfAJourney()

  it('a registrar enters a guardian with the act, and ends it with a reason', async () => {
    const page = await region().phone()
    await signInAsEmployee(page, 'kuznetsova')
    await page.goto('/staff/patients')
    await page.getByRole('searchbox').fill('Титов Геннадий')
    await page.getByText('Титов Геннадий Васильевич').first().click()
    await page.getByRole('button', { name: 'Добавить представителя' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Опекун или попечитель').click()
    await dialog.getByRole('button', { name: 'Внести' }).click()
    await dialog.getByText('Найдите карту представителя').waitFor()
    await expectGoodScreen(page, 'a new representative with flaws')
    await dialog.getByRole('combobox', { name: 'Карта представителя' }).fill('Андреева Ольга Николаевна')
    await page
      .getByRole('option', { name: /Андреева Ольга Николаевна/ })
      .first()
      .click()
    await dialog.getByRole('textbox', { name: 'Серия и номер' }).fill('№ 17-оп')
    await dialog.getByRole('textbox', { name: 'Дата документа' }).fill('03.02.2025')
    await dialog.getByRole('textbox', { name: 'Кем выдан' }).fill('Отдел опеки Энска')
    await dialog.getByRole('textbox', { name: /Действует до/ }).fill('31.12.2035')
    await dialog.getByRole('button', { name: 'Внести' }).click()
    await page.getByText('Андреева Ольга Николаевна').waitFor()
    await page.getByText(/Акт органа опеки № 17-оп/).waitFor()
    await expectGoodScreen(page, 'a patient with a guardian')
    await page.getByRole('button', { name: 'Прекратить' }).click()
    await dialog.getByRole('textbox', { name: 'Причина' }).fill('Решение суда')
    await expectGoodScreen(page, 'ending a representation')
    await dialog.getByRole('button', { name: 'Прекратить' }).click()
    await page.getByText('Причина: Решение суда').waitFor()
    await page.close()
  })

  it('an officer of guardianship finds a ward, reads the card and books', async () => {
    const page = await region().phone()
    await signInAsEmployee(page, 'opekunova')
    await page.getByRole('heading', { name: 'Подопечные' }).waitFor()
    await page.getByText('Ветров Роман Маркович').waitFor()
    await expectGoodScreen(page, 'wards')
    await page.getByText('Ветров Роман Маркович').click()
    await page.getByRole('heading', { name: 'Ветров Роман Маркович' }).waitFor()
    await page.getByRole('link', { name: 'История' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectGoodScreen(page, 'card of a ward')
    await page
      .getByRole('link', { name: /Записать/ })
      .first()
      .click()
    await book(page, /прикреплён/, /Педиатр/)
    await page.getByRole('link', { name: 'К записям пациента' }).click()
    await page.getByRole('button', { name: 'Отменить запись' }).waitFor()
    await expectGoodScreen(page, 'visits of a ward')
    await page.close()
  })

  it('an operator of the call centre finds anybody, sees no numbers, and books at any organisation', async () => {
    const page = await region().desk()
    await signInAsEmployee(page, 'zvonareva')
    await page.getByRole('searchbox').fill('Волков Дмитрий Сергеевич')
    await page.getByText('Волков Дмитрий Сергеевич').first().click()
    await page.getByRole('heading', { name: 'Волков Дмитрий Сергеевич' }).waitFor()
    expect(await page.getByText('СНИЛС').count()).toBe(0)
    await expectGoodScreen(page, 'a patient for the call centre')
    await page
      .getByRole('link', { name: /Записать/ })
      .first()
      .click()
    await book(page, /Поликлиника/, /Терапевт/)
    await page.getByRole('link', { name: 'К записям пациента' }).click()
    await page.getByRole('link', { name: 'Перенести' }).click()
    await times(page).nth(1).waitFor()
    await times(page).nth(1).click()
    await page.getByRole('button', { name: 'Перенести сюда' }).click()
    await page.getByText('Запись перенесена').waitFor()
    await page.close()
  })

  it('all this without an error in any console', () => {
    expect(region().errors).toEqual([])
  })
})
