import { expect, it, describe } from 'vitest'
import { expectGoodScreen, useDemoRegion } from './demo-region.ts'
import { signInAsEmployee } from './people.ts'

// An administrator connects another system, hands its token over, and takes the access back.
describe('another system', () => {
  const region = useDemoRegion()

  it('is connected, comes with its token, and comes no more', async () => {
    for (const open of [() => region().phone(), () => region().desk({ dark: true })]) {
      const page = await open()
      const width = page.viewportSize()!.width
      await signInAsEmployee(page, 'savina', '/staff/systems')
      await page.getByRole('heading', { name: 'Другие системы' }).waitFor()
      await page.getByRole('button', { name: 'Подключить систему' }).click()
      await page.getByRole('button', { name: 'Подключить', exact: true }).click()
      await page.getByText('Выберите хотя бы один протокол').waitFor()
      await expectGoodScreen(page, `the form of a system at ${width}`)
      const name = `Портал области, окно ${width}`
      await page.getByLabel('Название').fill(name)
      await page.getByLabel('Концентратор').check()
      await page.getByText('В выбранных').click()
      await page.getByRole('group', { name: 'Организации' }).getByRole('checkbox').first().check()
      await page.getByRole('button', { name: 'Подключить', exact: true }).click()
      const token = await page.locator('code.token').textContent()
      await expectGoodScreen(page, `the token at ${width}`)
      const list = async () => {
        const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
          <GetLPUList xmlns="http://tempuri.org/"><guid>${token}</guid></GetLPUList></e:Body></e:Envelope>`
        const reply = await page.request.post('/exchange/hub', { data: body, headers: { 'content-type': 'text/xml' } })
        return reply.text()
      }
      const heard = await list()
      expect(heard).toContain('true</Success>')
      expect(heard.match(/<Clinic/g)).toHaveLength(1)
      await page.getByRole('button', { name: 'Токен передан' }).click()
      expect(await page.getByText(token!).count()).toBe(0)
      const card = page
        .getByRole('region', { name })
        .or(page.locator('section', { hasText: name }))
        .first()
      await card.getByRole('button', { name: 'Отозвать доступ' }).click()
      await page.getByRole('button', { name: 'Отозвать', exact: true }).click()
      await page.getByText('Доступ отозван').first().waitFor()
      expect(await list()).toContain('false</Success>')
      await page.close()
    }
  })
})
