import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectGoodScreen, useDemoRegion } from './demo-region.ts'
import { signInAsCitizen, signInAsEmployee } from './people.ts'

// Every screen that an address opens, on a telephone in light and at a desk in the dark: axe finds nothing, nothing is
// wider than the window, no console has an error. Screens that only a step leads to are looked at in the journeys.
describe('every screen', () => {
  const region = useDemoRegion()
  let ids: { patient: string; document: string; child: string; ward: string; rule: string }

  beforeAll(async () => {
    const { rows } = await region().database.pool.query<typeof ids>(
      `select d.patient_id as patient, d.id as document,
         (select r.patient_id from patients.representation r join patients.patient p on p.patient_id = r.representative_id
          where p.last_name = 'Смирнова' and p.first_name = 'Мария' limit 1) as child,
         (select patient_id from patients.representation where basis = 'authority' limit 1) as ward,
         (select rule_id from booking.rule_version order by place limit 1) as rule
       from documents.document d join patients.patient p on p.patient_id = d.patient_id
       where p.last_name = 'Попова' and p.first_name = 'Нина' and d.state = 'signed' order by d.signed_at desc limit 1`,
    )
    ids = rows[0]!
  })
  afterAll(() => expect(region().errors).toEqual([]))

  const walk = async (page: Page, addresses: readonly string[]) => {
    for (const address of addresses) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page
        .getByText(/^(Загружаем|Открываем|Ищем)/)
        .waitFor({ state: 'detached' })
        .catch(() => {})
      await expectGoodScreen(page, `${address} at ${page.viewportSize()!.width}`)
    }
  }
  const looks = [
    ['a phone', () => region().phone()],
    ['a desk in the dark', () => region().desk({ dark: true })],
  ] as const

  it.each(looks)('of the citizen is good on %s', async (_name, open) => {
    const page = await open()
    await walk(page, ['/sign-in', '/esia/failed?reason=away', '/v/AAAAAAAAAAAAAAAAAAAAAA', '/demo/sent'])
    await signInAsCitizen(page, 'Попова')
    await walk(page, [
      '/',
      '/book',
      '/visits',
      '/visits/calendar',
      '/waiting',
      '/waiting/join',
      '/card',
      '/documents',
      `/documents/${ids.patient}/${ids.document}`,
      '/who-looked',
      '/notifications',
      '/profile',
      '/no-such-page',
    ])
    await page.close()
  })

  it.each(looks)('of a parent, and of people without a card, is good on %s', async (_name, open) => {
    const parent = await open()
    await signInAsCitizen(parent, 'Смирнова')
    await walk(parent, [`/?for=${ids.child}`, `/card?for=${ids.child}`, '/book'])
    await parent.close()
    for (const name of ['Новикова', 'Лебедев']) {
      const page = await open()
      await signInAsCitizen(page, name)
      await walk(page, ['/', '/profile'])
      await page.close()
    }
  })

  const employees: [string, () => string[]][] = [
    ['ivanova', () => ['/staff/day', '/staff/patients', '/staff/schedule', '/staff/calendars', '/staff/profile']],
    [
      'kuznetsova',
      () => [
        '/staff/schedule',
        '/staff/calendars',
        '/staff/patients',
        '/staff/patients/new',
        '/staff/tickets',
        '/staff/links',
        '/staff/waiting',
        '/staff/timetables',
        '/staff/timetables/weeks',
        '/staff/timetables/publication',
        '/staff/absences',
        '/staff/absences/new',
        '/staff/absences/calendar',
        `/staff/patients/${ids.patient}`,
        `/staff/patients/${ids.patient}/book`,
        '/staff/profile',
      ],
    ],
    [
      'gromov',
      () => [
        '/staff/schedule',
        '/staff/utilisation',
        '/staff/patients',
        `/staff/patients/${ids.patient}/card`,
        `/staff/patients/${ids.patient}/documents`,
        `/staff/patients/${ids.patient}/documents/${ids.document}`,
      ],
    ],
    [
      'savina',
      () => [
        '/staff/patients',
        '/staff/links',
        '/staff/authorities',
        '/staff/categories',
        '/staff/schedule',
        '/staff/systems',
        '/staff/deliveries',
        '/staff/utilisation',
        '/staff/rules',
        '/staff/rules/new',
        '/staff/rules/trial',
        `/staff/rules/${ids.rule}`,
      ],
    ],
    ['zvonareva', () => ['/staff/patients', `/staff/patients/${ids.patient}`, `/staff/patients/${ids.patient}/book`]],
    [
      'opekunova',
      () => [
        '/staff/wards',
        `/staff/patients/${ids.ward}`,
        `/staff/patients/${ids.ward}/card`,
        `/staff/patients/${ids.ward}/book`,
      ],
    ],
    ['strazhev', () => ['/staff/journal', '/staff/seals', '/staff/profile']],
  ]
  it.each(
    employees.flatMap(([login, addresses]) => looks.map(([look, open]) => [login, look, addresses, open] as const)),
  )('of %s is good on %s', async (login, _look, addresses, open) => {
    const page = await open()
    await signInAsEmployee(page, login)
    await walk(page, addresses())
    await page.close()
  })
})
