import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { perform, system } from '../../server/platform/perform.ts'
import { newId } from '../../server/platform/ids.ts'
import { offerFreedTimes } from '../../server/modules/booking/index.ts'
import { scheduleJobs } from '../../server/modules/schedules/jobs.ts'
import { expectGoodScreen, stepsOfAJourney, useDemoRegion } from './demo-region.ts'
import { chooseDoctor, freeTimes, signInAsCitizen } from './people.ts'

// The morning a new day opens, on a phone: from the evening before to the ticket, beside two hundred others.
describe('the opening of a new day', () => {
  const region = useDemoRegion()
  stepsOfAJourney()
  let phone: Page

  beforeAll(async () => {
    phone = await region().phone()
  })

  const publish = () =>
    perform(region().node.platform, system, { name: 'schedules.publish', journal: 'change' }, (work) =>
      scheduleJobs(offerFreedTimes)[0]!.run(work),
    )

  it('is announced under the times on the day before', async () => {
    await signInAsCitizen(phone, 'Волков')
    await phone.getByRole('link', { name: 'К врачу', exact: true }).click()
    await chooseDoctor(phone, 'Поликлиника № 1', 'Терапевт', 'Любой')
    await phone.getByText(/этот день откроется для записи .*завтра.* в 07:00/).waitFor()
  })

  it('has a queue to join from half an hour before it', async () => {
    await region().later(21 * 60 + 40)
    phone = await region().phone()
    await signInAsCitizen(phone, 'Волков')
    await phone.getByRole('link', { name: 'К врачу', exact: true }).click()
    await chooseDoctor(phone, 'Поликлиника № 1', 'Терапевт', 'Любой')
    await phone.getByRole('button', { name: 'Встать в очередь' }).click()
    await phone.getByText(/Вы в очереди. Места раздадим случайно в 07:00/).waitFor()
    await expectGoodScreen(phone, 'queue before the opening')
  })

  it('gives a place that moves by itself, and calls when the turn has come', async () => {
    const guests = Array.from({ length: 400 }, newId)
    await sql`insert into openings.guest (organization_id, opens_at, account_id, joined_at)
      select g.organization_id, g.opens_at, a, g.joined_at from openings.guest g, unnest(${guests}::uuid[]) a`.execute(
      region().node.database.db,
    )
    await region().later(20)
    await publish()
    await region().later(0.3)
    await phone.getByText(/^(Впереди \d+ .*|Ваша очередь подошла: выбирайте время\.)$/).waitFor()
    await expectGoodScreen(phone, 'place in the queue')
    await region().later(1)
    await phone.getByText('Ваша очередь подошла: выбирайте время.', { exact: true }).first().waitFor()
  })

  it('and the time is taken as on any other day', async () => {
    await phone.getByRole('button', { name: /^Показать / }).click()
    await freeTimes(phone).first().click()
    await phone.getByRole('button', { name: 'Записаться' }).click()
    await phone.getByRole('heading', { name: 'Талон на приём' }).waitFor()
    expect(region().errors).toEqual([])
  })
})
