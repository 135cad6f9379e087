import type { Page } from 'playwright-core'

/** Signs a citizen of the demo's Госуслуги in; ends on the page that was asked for. */
export async function signInAsCitizen(page: Page, lastName: string, address = '/'): Promise<void> {
  await page.goto(address)
  await page.getByRole('link', { name: 'Войти через Госуслуги' }).click()
  await page.getByRole('link', { name: new RegExp(lastName) }).click()
  await page.waitForURL((url) => !/\/(aas|esia|sign-in)/.test(url.pathname))
}

/** Signs an employee of the demo in with password and the code shown beside the field. */
export async function signInAsEmployee(page: Page, login: string, address = '/staff/'): Promise<void> {
  await page.goto(address)
  await page.getByRole('button', { name: new RegExp(login) }).click()
  await page.getByRole('button', { name: 'Дальше' }).click()
  await page.getByRole('button', { name: 'Вставить' }).click()
  // Six digits are sent by themselves.
  await page.getByRole('heading', { name: 'Подтвердите вход' }).waitFor({ state: 'detached' })
}

/** Goes through the first three steps of booking: where, to whom, any doctor or a named one. */
export async function chooseDoctor(page: Page, organization: string, specialty: string, doctor: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${organization}`) }).click()
  await page.getByRole('button', { name: new RegExp(`^${specialty}`) }).click()
  await page.getByRole('button', { name: new RegExp(doctor) }).click()
  await page.getByRole('heading', { name: 'Выберите день и время' }).waitFor()
}

/** The times offered on the chosen day: buttons «10:24 …». */
export const freeTimes = (page: Page) => page.getByRole('main').getByRole('button', { name: /^\d\d:\d\d/ })
