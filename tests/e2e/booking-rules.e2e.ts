import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { freeTimes, signInAsCitizen, signInAsEmployee } from './people.ts'

// A rule is made, tried, met by a citizen and by a registrar, booked past with a reason, and the reason is found again.
describe('a rule of the region', () => {
  const region = useDemoRegion()
  stepsOfAJourney()
  let admin: Page
  let patientId: string
  const reason = 'Направление осталось у врача, подтвердил по телефону'
  beforeAll(async () => {
    admin = await region().desk()
    await signInAsEmployee(admin, 'savina', '/staff/rules')
    const { rows } = await region().database.pool.query<{ id: string }>(
      `select p.patient_id as id from patients.patient p where p.last_name = 'Попова' and p.first_name = 'Нина'`,
    )
    patientId = rows[0]!.id
  })
  afterAll(() => expect(region().errors).toEqual([]))

  it('is made by the administrator with the keyboard, and nothing is sent while something is missing', async () => {
    await admin.getByRole('heading', { name: 'Правила записи', level: 1 }).waitFor()
    await admin.getByText('К участковым врачам — по прикреплению').first().waitFor()
    await expectGoodScreen(admin, 'rules')
    await admin.getByRole('link', { name: 'Новое правило' }).click()
    await admin.getByRole('button', { name: /^Направление/ }).press('Enter')
    await admin.getByRole('textbox', { name: /Название для людей/ }).waitFor()
    await admin.keyboard.press('Control+Enter')
    await admin.getByText('Назовите правило так, чтобы поняли люди').waitFor()
    await expectGoodScreen(admin, 'new rule with mistakes')
    await admin.getByRole('textbox', { name: /Название для людей/ }).fill('К кардиологу — по направлению')
    await admin.getByRole('checkbox', { name: /может обойти/ }).press('Space')
    await admin.getByRole('checkbox', { name: 'Кардиолог', exact: true }).press('Space')
    await admin.getByRole('textbox', { name: 'Почему' }).fill('Очередь к кардиологам больше двух недель')
    await admin.keyboard.press('Control+Enter')
    await admin.getByRole('heading', { name: 'К кардиологу — по направлению', level: 1 }).waitFor()
    await admin.getByText('Это правило ещё никто не обходил.').waitFor()
    await expectGoodScreen(admin, 'rule')
  })

  it('says on an example whom it refuses', async () => {
    await admin.goto('/staff/rules/trial')
    await admin.getByRole('combobox', { name: 'Специальность' }).selectOption('Кардиолог')
    await admin.getByRole('button', { name: 'Проверить' }).click()
    await admin.getByText('Запишет только сотрудник, указав причину').waitFor()
    await admin.getByRole('checkbox', { name: 'Есть направление' }).check()
    await admin.getByRole('button', { name: 'Проверить' }).click()
    await admin.getByText('Записать можно').waitFor()
    await expectGoodScreen(admin, 'trial')
  })

  it('tells a citizen beforehand why and what to do', async () => {
    const phone = await region().phone()
    await signInAsCitizen(phone, 'Попова', '/book')
    await phone.getByRole('button', { name: /^Поликлиника № 1/ }).click()
    await phone
      .getByText(/К этому врачу записывают по направлению/)
      .first()
      .waitFor()
    await phone.getByText('Правило «К кардиологу — по направлению»', { exact: false }).waitFor()
    expect(await phone.getByRole('button', { name: /^Кардиолог/ }).count()).toBe(0)
    await expectGoodScreen(phone, 'specialties with a rule')
    await phone.close()
  })

  it('stops a registrar, who books past it with a reason', async () => {
    const page = await region().desk()
    await signInAsEmployee(page, 'kuznetsova')
    await page.goto(`/staff/patients/${patientId}/book?specialty=118`)
    await freeTimes(page).last().click()
    await page.getByText('Правила записи не пускают').waitFor()
    await expectGoodScreen(page, 'refused by a rule')
    await page.getByRole('textbox', { name: /Причина, почему записываете/ }).fill(reason)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Записать', exact: true }).click()
    await page.getByText('Пациент записан').waitFor()
    await page.close()
  })

  it('keeps the reason, and its history', async () => {
    await admin.goto('/staff/rules')
    await admin.getByRole('link', { name: 'К кардиологу — по направлению' }).click()
    await admin.getByText(reason).waitFor()
    await admin.getByRole('button', { name: 'Отменить правило' }).click()
    await admin.getByRole('dialog').getByRole('textbox', { name: 'Почему' }).fill('Очередь рассосалась')
    await admin.getByRole('dialog').getByRole('button', { name: 'Отменить правило' }).click()
    await admin.getByText('Очередь рассосалась').waitFor()
    await expectGoodScreen(admin, 'withdrawn rule')
  })
})
