import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { chooseDoctor, freeTimes, signInAsCitizen } from './people.ts'

// On telephones of 360 pixels: somebody waits, another cancels, and the time comes up before the eyes of the first.
describe('the waiting list', () => {
  stepsOfAJourney()
  const region = useDemoRegion()
  let booked: Page
  let waits: Page
  let next: Page
  let time: string
  afterAll(() => expect(region().errors).toEqual([]))

  const atTimes = async (lastName: string) => {
    const page = await region().phone()
    await signInAsCitizen(page, lastName, '/book')
    await chooseDoctor(page, 'Поликлиника № 1', 'Кардиолог', 'Любой врач')
    return page
  }
  const join = async (page: Page) => {
    await page.getByRole('link', { name: 'Встать в лист ожидания' }).click()
    await page.getByRole('heading', { name: 'Встать в лист ожидания' }).waitFor()
    await page.getByRole('button', { name: 'Встать в лист ожидания' }).waitFor()
  }

  it('begins with somebody who has a time', async () => {
    booked = await atTimes('Волков')
    const last = freeTimes(booked).last()
    time = (await last.innerText()).slice(0, 5)
    await last.click()
    const doctor = booked.getByRole('dialog').getByRole('button').first()
    await booked.getByRole('button', { name: 'Записаться' }).or(doctor).first().waitFor()
    if (await doctor.isVisible()) await doctor.click()
    await booked.getByRole('button', { name: 'Записаться' }).click()
    await booked.getByRole('heading', { name: 'Талон на приём' }).waitFor()
  })

  it('is joined beside the days, with the keyboard, and shows the place', async () => {
    waits = await atTimes('Андреева')
    await join(waits)
    await expectGoodScreen(waits, 'joining the waiting list')
    await waits.getByLabel('Утро').focus()
    await waits.keyboard.press('ArrowLeft')
    await waits.getByRole('button', { name: 'Встать в лист ожидания' }).focus()
    await waits.keyboard.press('Enter')
    await waits.getByText('Вы в листе ожидания').waitFor()
    await waits.getByText('В очереди больше никого').waitFor()
    await waits.getByText('пока неизвестно').waitFor()
    await expectGoodScreen(waits, 'the waiting list')

    next = await atTimes('Титов')
    await join(next)
    await next.getByRole('button', { name: 'Встать в лист ожидания' }).click()
    await next.getByText('2-е место из 2').waitFor()
    await next.getByRole('link', { name: 'Главная' }).click()
    await next.getByRole('heading', { name: /Здравствуйте/ }).waitFor()
  })

  it('offers the cancelled time to the first before their eyes', async () => {
    await booked.getByRole('button', { name: 'Отменить запись' }).click()
    await booked.getByRole('dialog').getByRole('button', { name: 'Отменить запись' }).click()
    await waits.getByRole('heading', { name: 'Освободилось время' }).waitFor()
    await waits.getByText(time, { exact: true }).waitFor()
    await waits.getByText(/Время за вами ещё/).waitFor()
    expect(await next.getByText('Освободилось время').isVisible()).toBe(false)
    await expectGoodScreen(waits, 'an offer')
  })

  it('gives a declined time to the next, who sees it first on the home page and takes it', async () => {
    await waits.getByRole('button', { name: 'Отказаться' }).click()
    await next.getByRole('heading', { name: 'Освободилось время' }).waitFor()
    await waits.getByRole('heading', { name: 'Освободилось время' }).waitFor({ state: 'detached' })
    await expectGoodScreen(next, 'an offer on the home page')
    await next.getByRole('button', { name: 'Взять время' }).click()
    await next.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    await next.getByText(time, { exact: true }).waitFor()
    await waits.reload()
    await waits.getByText('В очереди больше никого').waitFor()
  })

  it('swaps a visit for a sooner time, and not before it is taken', async () => {
    await next.getByRole('link', { name: 'Хочу раньше' }).click()
    await next.getByText('Прежняя запись останется вашей').waitFor()
    await next.getByRole('button', { name: 'Встать в лист ожидания' }).click()
    await next.getByText(/Ждёте время раньше, чем ваша запись/).waitFor()
    await waits.getByRole('button', { name: 'Выйти из листа' }).click()
    await waits.getByRole('dialog').getByRole('button', { name: 'Выйти' }).click()
    await waits.getByText('Вы ничего не ждёте').waitFor()

    // Somebody else has an earlier time of that day and gives it back.
    await booked.goto('/book')
    await chooseDoctor(booked, 'Поликлиника № 1', 'Кардиолог', 'Любой врач')
    const times = freeTimes(booked)
    const sooner = (await times.last().innerText()).slice(0, 5)
    expect(sooner < time).toBe(true)
    await times.last().click()
    await booked.getByRole('button', { name: 'Записаться' }).click()
    await booked.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    await booked.getByRole('button', { name: 'Отменить запись' }).click()
    await booked.getByRole('dialog').getByRole('button', { name: 'Отменить запись' }).click()

    await next.getByText(/Прежняя запись .* останется вашей/).waitFor()
    await next.getByRole('button', { name: 'Взять время' }).click()
    await next.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    await next.getByText('Запись перенесена').waitFor()
    await next.getByText(sooner, { exact: true }).waitFor()
  })
})
