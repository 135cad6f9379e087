import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { chooseDoctor, freeTimes, signInAsCitizen, signInAsEmployee } from './people.ts'

// The journey the whole system exists for, each step in a real browser: the citizen on a phone, the doctor at a desk.
describe('from the first tap to the signed record', () => {
  const region = useDemoRegion()
  stepsOfAJourney()
  let phone: Page
  let desk: Page
  let time: string

  beforeAll(async () => {
    phone = await region().phone()
    desk = await region().desk()
  })

  it('a citizen signs in through Госуслуги and sees the cabinet', async () => {
    await phone.goto('/')
    await phone.getByRole('link', { name: 'Войти через Госуслуги' }).waitFor()
    await expectGoodScreen(phone, 'sign-in')
    await signInAsCitizen(phone, 'Волков')
    await phone.getByRole('heading', { name: 'Здравствуйте, Дмитрий!' }).waitFor()
    await expectGoodScreen(phone, 'home')
  })

  it('finds a doctor in four steps and holds a time', async () => {
    await phone.getByRole('link', { name: 'К врачу', exact: true }).click()
    await phone.getByRole('button', { name: /^Поликлиника № 1/ }).waitFor()
    await expectGoodScreen(phone, 'where')
    await chooseDoctor(phone, 'Поликлиника № 1', 'Терапевт', 'Иванова Анна')
    await freeTimes(phone).first().waitFor()
    await expectGoodScreen(phone, 'day and time')
    const later = freeTimes(phone).nth(3)
    time = (await later.innerText()).slice(0, 5)
    await later.click()
    await phone.getByRole('button', { name: 'Записаться' }).waitFor()
    await phone.getByText(/Время за вами/).waitFor()
    await expectGoodScreen(phone, 'confirmation')
  })

  it('confirms and gets the ticket with a QR code, a PDF and a calendar event', async () => {
    await phone.getByRole('button', { name: 'Записаться' }).click()
    await phone.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    await phone.getByText('Вы записаны', { exact: true }).waitFor()
    const qr = phone.getByRole('img', { name: /QR-код/ })
    await expect.poll(() => qr.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(50)
    await expectGoodScreen(phone, 'ticket')
    const [pdf, ics] = await Promise.all(
      ['Талон в PDF', 'В календарь'].map(async (name) => {
        const address = await phone.getByRole('link', { name }).getAttribute('href')
        return phone.request.get(address!)
      }),
    )
    expect((await pdf!.body()).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await ics!.text()).toContain('BEGIN:VEVENT')
  })

  it('sees the visit among the coming ones and on the first page', async () => {
    await phone.getByRole('link', { name: 'Записи', exact: true }).click()
    await phone.getByRole('link', { name: new RegExp(`${time}.*Иванова Анна`) }).waitFor()
    await expectGoodScreen(phone, 'visits')
    await phone.getByRole('link', { name: 'Главная' }).click()
    await phone.getByText(new RegExp(time)).first().waitFor()
  })

  it('the doctor signs in with a second factor and sees the day’s list', async () => {
    await desk.goto('/staff/')
    await desk.getByRole('heading', { name: 'Вход для сотрудников' }).waitFor()
    await expectGoodScreen(desk, 'staff sign-in')
    await signInAsEmployee(desk, 'ivanova')
    await desk
      .getByText(/Волков Дмитрий/)
      .first()
      .waitFor()
    await expectGoodScreen(desk, 'day list')
  })

  it('conducts the visit: sections, measurements, codes of МКБ-10 and 804н found with a typing error', async () => {
    await desk.getByRole('button', { name: /Начать приём\s*: Волков/ }).click()
    await desk.getByRole('textbox', { name: 'Жалобы' }).fill('Кашель с мокротой, слабость.')
    await desk.getByRole('textbox', { name: 'Анамнез заболевания' }).fill('Болен пятый день, начал с насморка.')
    await desk.getByRole('combobox', { name: 'Состояние' }).selectOption({ label: 'Удовлетворительное' })
    await desk.getByRole('textbox', { name: /Давление, верхнее/ }).fill('124')
    await desk.getByRole('textbox', { name: /Давление, нижнее/ }).fill('78')
    await desk.getByRole('textbox', { name: /Температура/ }).fill('37,4')
    await desk.getByRole('textbox', { name: 'Осмотр' }).fill('Дыхание жёсткое, единичные сухие хрипы.')
    await choose(desk, 'Добавить диагноз', 'острый бранхит', /J20\.9/)
    await choose(desk, 'Добавить услугу', 'прием терапевта первичный', /B01\.047\.001/)
    await desk.getByRole('textbox', { name: 'Рекомендации' }).fill('Обильное питьё, явка через 4 дня.')
    await desk
      .getByText(/Сохранено/)
      .first()
      .waitFor()
    await expectGoodScreen(desk, 'visit editor')
  })

  it('does not lose the draft when the tab is closed', async () => {
    const address = desk.url()
    const again = await desk.context().newPage()
    await desk.close()
    desk = again
    await desk.goto(address)
    await expect
      .poll(() => desk.getByRole('textbox', { name: 'Жалобы' }).inputValue())
      .toBe('Кашель с мокротой, слабость.')
    await desk
      .getByText(/J20\.9/)
      .first()
      .waitFor()
    await expect.poll(() => desk.getByRole('textbox', { name: /Температура/ }).inputValue()).toBe('37,4')
  })

  it('reads the frozen document and signs it with a ГОСТ signature', async () => {
    await desk.getByRole('button', { name: 'Проверить и подписать' }).click()
    const sign = desk.getByRole('button', { name: /^Подписать/ })
    await sign.waitFor()
    await expectGoodScreen(desk, 'document to sign')
    await sign.click()
    await desk
      .getByText(/Подпись действительна|Подписано/)
      .first()
      .waitFor()
    await expectGoodScreen(desk, 'signed document')
  })

  it('the citizen reads the record in plain words and finds the signature right', async () => {
    await phone.goto('/documents')
    await phone
      .getByRole('link', { name: /Протокол консультации: Терапевт сегодня/i })
      .or(phone.getByRole('link', { name: /Протокол консультации: Терапевт/ }))
      .first()
      .click()
    await phone.getByText('Острый бронхит неуточненный').first().waitFor()
    await phone
      .getByText(/воспаление бронхов/)
      .first()
      .waitFor()
    await phone.getByText('Подпись действительна').first().waitFor()
    await expectGoodScreen(phone, 'document')
  })

  it('downloads it as PDF and as XML', async () => {
    const pdf = await phone.request.get((await phone.getByRole('link', { name: 'Открыть PDF' }).getAttribute('href'))!)
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
    const downloading = phone.waitForEvent('download')
    await phone.getByRole('link', { name: 'Скачать XML' }).click()
    const xml = readFileSync((await (await downloading).path())!, 'utf8')
    expect(xml).toContain('<ClinicalDocument')
    expect(xml).toContain('J20.9')
  })

  it('finds the visit in the card’s timeline', async () => {
    await phone.goto('/card')
    await phone.getByText('Острый бронхит неуточненный').first().waitFor()
    await expectGoodScreen(phone, 'card')
  })

  it('sees who has looked at the card, when and on what grounds', async () => {
    await phone.goto('/who-looked')
    await phone.getByText('Иванова Анна Сергеевна').first().waitFor()
    const text = await phone.getByRole('main').innerText()
    expect(text).toContain('Врач, Поликлиника № 1')
    expect(text).toMatch(/Основание: (запись на приём|случай обслуживания)/)
    await expectGoodScreen(phone, 'who looked')
  })

  it('and is shown a broken signature when one byte of the stored document is changed', async () => {
    await region().database.pool
      .query(`update documents.rendition set bytes = set_byte(bytes, 2000, get_byte(bytes, 2000) # 1)
      where format = 'pdf' and document_id = (select id from documents.document where state = 'signed' order by signed_at desc limit 1)`)
    await phone.goto('/documents')
    await phone
      .getByRole('link', { name: /Протокол консультации: Терапевт/ })
      .first()
      .click()
    await phone
      .getByText(/Подпись.*(нарушена|недействительна|не прошла)|изменён/i)
      .first()
      .waitFor()
  })

  it('all this without an error in any console', () => {
    expect(region().errors).toEqual([])
  })
})

async function choose(page: Page, field: string, words: string, option: RegExp): Promise<void> {
  const box = page.getByRole('combobox', { name: field })
  await box.click()
  await box.pressSequentially(words, { delay: 15 })
  await page.getByRole('option', { name: option }).first().click()
}
