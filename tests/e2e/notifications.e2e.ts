import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { chooseDoctor, freeTimes, signInAsCitizen, signInAsEmployee } from './people.ts'

describe('a citizen hears at once what the registrar does', () => {
  const region = useDemoRegion()
  stepsOfAJourney()
  let phone: Page
  let desk: Page
  const visit = { patientId: '', id: '' }
  const bell = () => phone.getByRole('link', { name: /^Уведомления/ })

  beforeAll(async () => {
    phone = await region().phone()
    desk = await region().desk()
  })

  it('books a visit on a telephone; their own doing does not ring', async () => {
    await signInAsCitizen(phone, 'Волков')
    await phone.goto('/book')
    await chooseDoctor(phone, 'Поликлиника № 1', 'Терапевт', 'Иванова Анна')
    await freeTimes(phone).nth(3).click()
    await phone.getByRole('button', { name: 'Записаться' }).click()
    await phone.waitForURL(/\/visits\/[^/]+\/[^/]+/)
    const [, patientId, id] = /\/visits\/([^/]+)\/([^/?]+)/.exec(phone.url())!
    Object.assign(visit, { patientId, id })
    expect(await bell().getAttribute('aria-label')).toBe('Уведомления')
  })

  it('sees the bell change before the eyes when the registrar cancels it', async () => {
    await signInAsEmployee(desk, 'kuznetsova', `/staff/patients/${visit.patientId}`)
    await desk
      .getByRole('button', { name: /^Отменить/ })
      .first()
      .click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByText('Другая причина').click()
    await dialog.getByRole('textbox', { name: 'Какая' }).fill('Врач на учёбе')
    await dialog.getByRole('button', { name: 'Отменить запись' }).click()
    await phone.getByRole('link', { name: 'Уведомления: 1 новое' }).waitFor()
  })

  it('reads why, and the bell is quiet again', async () => {
    await bell().click()
    await phone.getByRole('heading', { name: 'Приём отменён организацией' }).waitFor()
    await phone.getByText('Причина: Врач на учёбе.').waitFor()
    await expectGoodScreen(phone, 'notifications')
    await phone.getByRole('button', { name: /^Прочитано/ }).click()
    await phone.getByRole('link', { name: 'Уведомления', exact: true }).waitFor()
  })

  it('and what would have been sent says nothing of the reason', async () => {
    await expect
      .poll(async () => (await (await fetch(`${region().address}/demo/sent`)).text()).includes('отменён'))
      .toBe(true)
    const page = await (await fetch(`${region().address}/demo/sent`)).text()
    expect(page).not.toContain('учёбе')
  })

  it('chooses how to be told, and it stays chosen', async () => {
    await phone.goto('/profile#notifications')
    const box = phone.getByRole('checkbox', { name: 'SMS' })
    const kept = phone.waitForResponse((response) => response.request().method() === 'PUT')
    await box.uncheck()
    expect((await kept).status()).toBe(200)
    await phone.reload()
    await phone.getByRole('checkbox', { name: 'SMS' }).waitFor()
    expect(await phone.getByRole('checkbox', { name: 'SMS' }).isChecked()).toBe(false)
    await expectGoodScreen(phone, 'settings')
  })

  it('all this without an error in any console', () => {
    expect(region().errors).toEqual([])
  })
})
