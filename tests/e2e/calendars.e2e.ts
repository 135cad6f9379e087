import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { chooseDoctor, freeTimes, signInAsCitizen, signInAsEmployee } from './people.ts'

// A citizen subscribes to the calendar on a telephone of 360 pixels; the calendar program is `fetch`.
describe('a calendar address', () => {
  stepsOfAJourney()
  const region = useDemoRegion()
  let page: Page
  let address: string
  afterAll(() => expect(region().errors).toEqual([]))

  const shownAddress = async (of: Page) => (await of.locator('code.token').first().innerText()).trim()
  /** What a program gets. The node listens on a port of its own that its settings do not know. */
  const unfolded = async (address: string) => {
    const reply = await fetch(new URL(new URL(address).pathname, region().address))
    return {
      status: reply.status,
      type: reply.headers.get('content-type'),
      text: (await reply.text()).replaceAll('\r\n ', ''),
    }
  }

  it('is made on the page that visits lead to, and shown once', async () => {
    page = await region().phone()
    await signInAsCitizen(page, 'Волков', '/visits')
    await page.getByRole('link', { name: 'Добавить в календарь телефона' }).click()
    await page.getByRole('button', { name: 'Добавить в календарь телефона' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Адрес календаря готов').waitFor()
    await page.getByRole('img', { name: /QR-код/ }).waitFor()
    await page.getByText('Для программ с CalDAV').click()
    await expectGoodScreen(page, 'a calendar address')
    address = await shownAddress(page)
    expect(await page.getByRole('link', { name: 'Открыть в календаре' }).getAttribute('href')).toBe(
      address.replace(/^http/, 'webcal').replace('webcals', 'webcal'),
    )
    await page.reload()
    await page.getByText('ещё ни разу').waitFor()
    expect(await page.locator('code.token').count()).toBe(0)
  })

  it('shows a visit that was booked, and when the program came', async () => {
    await page.goto('/book')
    await chooseDoctor(page, 'Поликлиника № 1', 'Кардиолог', 'Любой врач')
    await freeTimes(page).last().click()
    const doctor = page.getByRole('dialog').getByRole('button').first()
    await page.getByRole('button', { name: 'Записаться' }).or(doctor).first().waitFor()
    if (await doctor.isVisible()) await doctor.click()
    await page.getByRole('button', { name: 'Записаться' }).click()
    await page.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    const { status, type, text } = await unfolded(address)
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(text).toContain('STATUS:CONFIRMED')
    expect(text).toContain('SUMMARY:Приём у врача')
    expect(text).not.toContain('Кардиолог')
  })

  it('shows the visit as cancelled when it is', async () => {
    await page.getByRole('button', { name: 'Отменить запись' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Отменить запись' }).click()
    await expect
      .poll(async () => (await unfolded(address)).text.includes('STATUS:CANCELLED'), { timeout: 30_000 })
      .toBe(true)
  })

  it('is gone when it is revoked', async () => {
    await page.goto('/visits/calendar')
    await page.getByText('Календарь обновлялся').waitFor()
    expect(await page.getByText('ещё ни разу').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Отозвать адрес' }).click()
    await page.getByRole('button', { name: 'Добавить в календарь телефона' }).waitFor()
    expect((await unfolded(address)).status).toBe(404)
    await page.close()
  })

  it('of a doctor has rooms and no patients', async () => {
    const desk = await region().desk()
    await signInAsEmployee(desk, 'ivanova', '/staff/calendars')
    await desk.getByRole('button', { name: 'Создать адрес календаря' }).click()
    await desk.getByText('Адрес календаря готов').waitFor()
    await expectGoodScreen(desk, 'the calendar address of a doctor')
    const { status, text } = await unfolded(await shownAddress(desk))
    expect(status).toBe(200)
    for (const summary of text.match(/^SUMMARY:.*$/gm) ?? []) expect(summary).toMatch(/^SUMMARY:Приём\\, каб\. \S+$/)
    await desk.close()
  })
})
