import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../server/platform/ids.ts'
import { useDemoRegion } from './demo-region.ts'
import { chooseDoctor, freeTimes, signInAsCitizen, signInAsEmployee } from './people.ts'

describe('when things go wrong', () => {
  const region = useDemoRegion()
  afterEach(async () => {
    for (const context of region().browser.contexts()) for (const page of context.pages()) await page.close()
  })

  /** A citizen with a time held at the doctor of this specialty, at the last step. */
  const atConfirmation = async (lastName: string, specialty: string): Promise<Page> => {
    const page = await region().phone()
    await signInAsCitizen(page, lastName, '/book')
    await chooseDoctor(page, 'Поликлиника № 1', specialty, 'Любой врач')
    await freeTimes(page).nth(5).click()
    const doctor = page.getByRole('dialog').getByRole('button').first()
    await page.getByRole('button', { name: 'Записаться' }).or(doctor).first().waitFor()
    if (await doctor.isVisible()) await doctor.click()
    await page.getByRole('button', { name: 'Записаться' }).waitFor()
    return page
  }
  const appointmentsOf = async (lastName: string): Promise<number> => {
    const { rows } = await region().database.pool.query<{ n: number }>(
      `select count(*)::int as n from booking.appointment a join patients.patient p on p.patient_id = a.patient_id
       join patients.account_link l on l.patient_id = p.patient_id where p.last_name = $1 and a.status = 'booked'`,
      [lastName],
    )
    return rows[0]!.n
  }

  it('a double click on «Записаться» books once', async () => {
    const page = await atConfirmation('Волков', 'Терапевт')
    await page.getByRole('button', { name: 'Записаться' }).dblclick()
    await page.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    expect(await appointmentsOf('Волков')).toBe(1)
  })

  it('an answer lost during confirmation is found again, not booked again', async () => {
    const page = await atConfirmation('Кузнецов', 'Кардиолог')
    let lost = 0
    await page.route('**/api/v1/appointments', async (route) => {
      if (lost++ > 0) return route.continue()
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.getByRole('button', { name: 'Записаться' }).click()
    await page.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    expect(lost).toBeGreaterThan(1)
    expect(await appointmentsOf('Кузнецов')).toBe(1)
  })

  it('without a connection the page says so and books when it is back', async () => {
    const page = await atConfirmation('Андреева', 'Невролог')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Записаться' }).click()
    await page.getByText('Связь прервалась').waitFor()
    await page.context().setOffline(false)
    const retry = page.getByRole('button', { name: 'Повторить' })
    const ticket = page.getByRole('heading', { name: 'Талон на приём' })
    await retry.or(ticket).first().waitFor()
    if (await retry.isVisible()) await retry.click().catch(() => {})
    await ticket.waitFor()
    expect(await appointmentsOf('Андреева')).toBe(1)
  })

  it('a hold that ran out is offered anew, and the time is still booked', async () => {
    const page = await atConfirmation('Соколов', 'Хирург')
    await region().later(6)
    await page.getByText('Время на подтверждение вышло').waitFor()
    await page.getByRole('button', { name: 'Забронировать ещё раз' }).click()
    await page.getByRole('button', { name: 'Записаться' }).click()
    await page.getByRole('heading', { name: 'Талон на приём' }).waitFor()
  })

  it('a time that another took meanwhile is not booked twice, and the page says what to do', async () => {
    const page = await atConfirmation('Титов', 'Офтальмолог')
    const ref = new URL(page.url()).searchParams.get('slot')!
    await region().later(6)
    await page.getByText('Время на подтверждение вышло').first().waitFor()
    const other = await region().phone()
    await signInAsCitizen(other, 'Попова')
    const { patients } = (await (await other.request.get('/api/v1/me/patients')).json()) as {
      patients: { id: string }[]
    }
    const taken = await other.request.post('/api/v1/holds', {
      headers: { 'idempotency-key': newId() },
      data: { patientId: patients[0]!.id, ref },
    })
    expect(taken.status()).toBe(200)
    await page.getByRole('button', { name: 'Забронировать ещё раз' }).click()
    await page.getByRole('heading', { name: 'Выберите день и время' }).waitFor()
    await page.getByText('Это время уже занято').first().waitFor()
    expect(await appointmentsOf('Титов')).toBe(0)
  })

  it('free times change before the eyes when somebody else books', async () => {
    const watching = await region().phone()
    await signInAsCitizen(watching, 'Попова', '/book')
    await chooseDoctor(watching, 'Поликлиника № 1', 'Эндокринолог', 'Любой врач')
    await freeTimes(watching).first().waitFor()
    const shown = async () => (await freeTimes(watching).allInnerTexts()).join(' ')
    const before = await shown()
    const booking = await atConfirmation('Фёдорова', 'Эндокринолог')
    await booking.getByRole('button', { name: 'Записаться' }).click()
    await booking.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    await expect.poll(shown).not.toBe(before)
  })

  it('another citizen’s address shows nothing and leaks nothing', async () => {
    const { rows } = await region().database.pool.query<{ patient_id: string; id: string }>(
      `select patient_id, id from documents.document where state = 'signed' order by signed_at limit 1`,
    )
    const page = await region().phone()
    await signInAsCitizen(page, 'Волков')
    for (const address of [
      `/documents/${rows[0]!.patient_id}/${rows[0]!.id}`,
      `/visits/${rows[0]!.patient_id}/${newId()}`,
    ]) {
      await page.goto(address)
      await page
        .getByText(/Такого документа нет|Такой записи нет|Такого талона нет/)
        .first()
        .waitFor()
      expect(await page.getByRole('main').innerText()).not.toMatch(/МКБ|Жалобы/)
    }
    const reply = await page.request.get(
      `/api/v1/patients/${rows[0]!.patient_id}/documents/${rows[0]!.id}/document.pdf`,
    )
    expect(reply.status()).toBe(404)
  })

  it('a forged session is none: the page asks to sign in and comes back to the same address', async () => {
    const page = await region().phone()
    await page.context().addCookies([{ name: 'rmis_session', value: 'f'.repeat(43), url: region().address }])
    await page.goto('/card')
    await page.getByRole('link', { name: 'Войти через Госуслуги' }).waitFor()
    await page.getByRole('link', { name: 'Войти через Госуслуги' }).click()
    await page.getByRole('link', { name: /Попова/ }).click()
    await page.getByRole('heading', { name: 'Медицинская карта' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/card')
  })

  it.each([
    ['Новикова', /СНИЛС/],
    ['Орлова', /имя на Госуслугах и в вашей карте записано по-разному/],
    ['Никитин', /дата рождения/i],
    ['Лебедев', /подтвержд/i],
  ])('%s, whose card is not connected, is told why and what to do', async (lastName, words) => {
    const page = await region().phone()
    await signInAsCitizen(page, lastName)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => page.getByRole('main').innerText()).toMatch(words)
    expect(await page.getByRole('main').innerText()).not.toMatch(/Записаться к врачу/)
  })

  it('two tabs of one record: what differs is shown, and a person chooses', async () => {
    const first = await region().desk()
    await signInAsEmployee(first, 'ivanova')
    await first
      .getByRole('button', { name: /^Начать приём/ })
      .first()
      .click()
    await first.getByRole('textbox', { name: 'Жалобы' }).waitFor()
    const second = await first.context().newPage()
    await second.goto(first.url())
    await second.getByRole('textbox', { name: 'Жалобы' }).fill('Из второго окна')
    await second
      .getByText(/Сохранено/)
      .first()
      .waitFor()
    await first.getByRole('textbox', { name: 'Жалобы' }).fill('Из первого окна')
    const dialog = first.getByRole('dialog', { name: 'Запись изменена в другом окне' })
    await dialog.waitFor()
    expect(await dialog.innerText()).toContain('Из второго окна')
    await dialog.getByRole('button', { name: 'Сохранить выбранное' }).click()
    await dialog.waitFor({ state: 'detached' })
    await second.reload()
    await expect.poll(() => second.getByRole('textbox', { name: 'Жалобы' }).inputValue()).toBe('Из первого окна')
  })
})
