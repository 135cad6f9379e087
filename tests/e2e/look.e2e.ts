import { it } from 'vitest'
import { useDemoRegion } from './demo-region.ts'
const region = useDemoRegion()
it('looks', async () => {
  const page = await region().phone()
  await page.goto('/')
  await page.waitForTimeout(1500)
  await page.screenshot({ path: '/tmp/rmis/s1.png', fullPage: true })
  await page
    .getByRole('link', { name: /Госуслуги/ })
    .first()
    .click()
  await page.waitForTimeout(1000)
  await page.screenshot({ path: '/tmp/rmis/s2.png', fullPage: true })
  await page.getByText('Смирнова').first().click()
  await page.waitForTimeout(2500)
  await page.screenshot({ path: '/tmp/rmis/s3.png', fullPage: true })
  console.log(page.url(), await page.locator('body').innerText())
  console.log(region().errors)
})
