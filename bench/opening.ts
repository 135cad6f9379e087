import { randomUUID } from 'node:crypto'
import type { Hold } from '../contracts/booking.ts'
import type { Place } from '../contracts/openings.ts'
import { addDays, localDay, localTime } from '../server/platform/time.ts'
import { openBenchDatabase, settle, type BenchDatabase } from './database.ts'
import { median, ms, percentile, plain, type BenchOptions, type Figure } from './figures.ts'
import { HttpConnection } from './http-client.ts'
import { fillRegion, idOf, idSql, specialtyOf, tokenOf, type Region } from './region.ts'
import { startServer } from './server.ts'

const ZONE = 'Europe/Moscow'
const DOCTORS = 10
/** Connections of all citizens together; each carries one request at a time. */
const CONNECTIONS = 48
const REGISTRAR_EVERY_MS = 500

/**
 * The opening of a day: ten thousand citizens against two hundred times. All join in the minutes before, all ask for
 * their place when the server tells them to, and whose turn has come looks for a time and takes one; meanwhile a
 * registrar books on other days. Times are counted from the moment a page wanted to ask, so waiting in line counts.
 */
export async function benchOpening({ small, profile }: BenchOptions): Promise<Figure[]> {
  const citizens = small ? 500 : 10_000
  const database = await openBenchDatabase()
  const region = await fillRegion(database.client, { organizations: 1, doctors: DOCTORS, citizens, booked: false })
  await addRegistrar(database, region)
  // A small node joins about a hundred and fifty people a second beside its other work.
  const opensAt = await setOpening(database, (small ? 15 : 60) + citizens / 60)
  await settle(database)
  const server = await startServer(database.url, profile)
  const morning = new Morning(region, server.port, opensAt)
  await morning.run()
  const winners = await booked(database, morning.day)
  return [...morning.figures(winners), memoryFigure(server.memory())]
}

/** The next day opens at a whole minute, at least so many seconds from now. */
async function setOpening({ client }: BenchDatabase, seconds: number): Promise<Date> {
  const at = new Date(Math.ceil((Date.now() + seconds * 1000) / 60_000) * 60_000)
  await client.query('insert into schedules.publication (organization_id, days, opens_at) values ($1, 14, $2)', [
    idOf('organization', 0),
    localTime(at, ZONE),
  ])
  return at
}

const REGISTRAR = 'bench-session-of-the-registrar'

async function addRegistrar({ client }: BenchDatabase, { citizens }: Region): Promise<void> {
  const id = idSql('account', String(citizens))
  await client.query(
    `insert into access.account (id, kind, display_name, created_at) values (${id}, 'employee', 'Регистратор', now())`,
  )
  await client.query(
    `insert into access.assignment (id, account_id, role, organization_id, since) values (${id}, ${id}, 'registrar', $1, now())`,
    [idOf('organization', 0)],
  )
  await client.query(
    `insert into access.session (id, token_hash, account_id, assignment_id, method, complete, created_at, seen_at, expires_at)
     values (${id}, sha256($1), ${id}, ${id}, 'password+totp', true, now(), now() + interval '2 hours', now() + interval '12 hours')`,
    [Buffer.from(REGISTRAR)],
  )
}

async function booked(
  { client }: BenchDatabase,
  day: string,
): Promise<{ times: number; people: number; free: number }> {
  const { rows } = await client.query<{ times: number; people: number; free: number }>(
    `select (select count(*)::int from schedules.slot where status = 'booked' and (starts_at at time zone $2)::date = $1::date) as times,
      (select count(distinct patient_id)::int from booking.appointment where (starts_at at time zone $2)::date = $1::date) as people,
      (select count(*)::int from schedules.slot where status = 'free' and (starts_at at time zone $2)::date = $1::date) as free`,
    [day, ZONE],
  )
  return rows[0]!
}

type Request = Parameters<HttpConnection['ask']>[0]

/** All pages of a morning over a few connections: who wants to ask stands in line for the next free one. */
class Line {
  readonly #port: number
  readonly #free: HttpConnection[] = []
  readonly #waiting: ((connection: HttpConnection) => void)[] = []
  constructor(port: number) {
    this.#port = port
  }

  async open(count: number): Promise<void> {
    for (let i = 0; i < count; i++) this.#free.push(await HttpConnection.open(this.#port))
  }

  async ask(request: Request): Promise<{ status: number; body: string; took: number }> {
    const wanted = performance.now()
    const connection = this.#free.pop() ?? (await new Promise<HttpConnection>((resolve) => this.#waiting.push(resolve)))
    const answer = await connection.ask(request)
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#free.push(connection)
    return { ...answer, took: performance.now() - wanted }
  }

  close(): void {
    for (const connection of this.#free) connection.close()
  }
}

const until = (at: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())))

class Morning {
  readonly day: string
  readonly #region: Region
  readonly #port: number
  readonly #opensAt: Date
  readonly #times: Record<'join' | 'place' | 'times' | 'hold' | 'confirm' | 'registrar', number[]> = {
    join: [],
    place: [],
    times: [],
    hold: [],
    confirm: [],
    registrar: [],
  }
  #errors = 0
  #winners = 0
  #lastJoin = 0
  #lastWinner = 0
  #over = false

  constructor(region: Region, port: number, opensAt: Date) {
    this.#region = region
    this.#port = port
    this.#opensAt = opensAt
    this.day = addDays(localDay(opensAt, ZONE), 13)
  }

  async run(): Promise<void> {
    const line = new Line(this.#port)
    await line.open(CONNECTIONS)
    const passes = await this.#joinAll(line)
    const registrar = this.#bookAsRegistrar()
    await Promise.all(passes.map((pass, citizen) => this.#wait(line, citizen, pass)))
    this.#over = true
    await registrar
    line.close()
  }

  /** Spread over the time that is left, as people come; the last ones come in the last seconds. */
  async #joinAll(line: Line): Promise<string[]> {
    const began = Date.now()
    const span = this.#opensAt.getTime() - began - 5000
    const path = `/api/v1/organizations/${idOf('organization', 0)}/opening/guests`
    const passes = Array.from({ length: this.#region.citizens }, async (_, n) => {
      await until(began + (span * n) / this.#region.citizens)
      const { pass } = await this.#ask<{ pass: string }>(line, 'join', {
        method: 'POST',
        path,
        token: tokenOf(n),
        key: randomUUID(),
      })
      this.#lastJoin = Date.now()
      return pass
    })
    return Promise.all(passes)
  }

  async #wait(line: Line, citizen: number, pass: string): Promise<void> {
    const path = `/api/v1/opening-places/${pass}`
    await until(this.#opensAt.getTime() + 15_000 + Math.random() * 10_000)
    for (;;) {
      const place = await this.#ask<Place>(line, 'place', { method: 'GET', path, token: '' })
      if (place.state === 'over') return
      if (place.state === 'turn' && (await this.#take(line, citizen))) return
      await until(Date.now() + place.askAgainInSeconds * 1000)
    }
  }

  /** Looks for a time with each of the doctors, from one of their own choice on; true when one is booked. */
  async #take(line: Line, citizen: number): Promise<boolean> {
    const patientId = idOf('patient', citizen)
    const token = tokenOf(citizen)
    for (let i = 0; i < DOCTORS; i++) {
      const code = specialtyOf(this.#region, (citizen + i) % DOCTORS)
      const path = `/api/v1/organizations/${idOf('organization', 0)}/specialties/${code}/slots?patientId=${patientId}&day=${this.day}`
      const { slots } = await this.#ask<{ slots: { ref: string }[] }>(line, 'times', { method: 'GET', path, token })
      const slot = slots[Math.floor(Math.random() * slots.length)]
      if (!slot) continue
      const hold = await line.ask({
        method: 'POST',
        path: '/api/v1/holds',
        token,
        key: randomUUID(),
        body: { patientId, ref: slot.ref },
      })
      this.#note('hold', hold)
      if (hold.status !== 200) continue
      const body = { patientId, holdId: (JSON.parse(hold.body) as Hold).id }
      await this.#ask(line, 'confirm', { method: 'POST', path: '/api/v1/appointments', token, key: randomUUID(), body })
      this.#winners++
      this.#lastWinner = Date.now()
      return true
    }
    return false
  }

  /** A registrar goes on working: a look at free times on another day, a hold, a confirmation, twice a second. */
  async #bookAsRegistrar(): Promise<void> {
    const line = new Line(this.#port)
    await line.open(1)
    const day = addDays(this.day, -7)
    for (let n = 0; !this.#over && n < this.#region.citizens; n++) {
      const patientId = idOf('patient', n)
      const code = specialtyOf(this.#region, n % DOCTORS)
      const path = `/api/v1/organizations/${idOf('organization', 0)}/specialties/${code}/slots?patientId=${patientId}&day=${day}`
      const { slots } = await this.#ask<{ slots: { ref: string }[] }>(line, 'registrar', {
        method: 'GET',
        path,
        token: REGISTRAR,
      })
      if (slots[0]) {
        const body = { patientId, ref: slots[0].ref }
        const hold = await line.ask({
          method: 'POST',
          path: '/api/v1/holds',
          token: REGISTRAR,
          key: randomUUID(),
          body,
        })
        this.#note('registrar', hold)
        if (hold.status === 200) {
          const held = { patientId, holdId: (JSON.parse(hold.body) as Hold).id }
          await this.#ask(line, 'registrar', {
            method: 'POST',
            path: '/api/v1/appointments',
            token: REGISTRAR,
            key: randomUUID(),
            body: held,
          })
        }
      }
      await until(Date.now() + REGISTRAR_EVERY_MS)
    }
    line.close()
  }

  #note(what: keyof Morning['figuresOfTimes'], answer: { status: number; took: number }): void {
    this.#times[what].push(answer.took)
    if (answer.status >= 500) this.#errors++
  }

  async #ask<T>(line: Line, what: keyof Morning['figuresOfTimes'], request: Request): Promise<T> {
    const answer = await line.ask(request)
    this.#note(what, answer)
    if (answer.status !== 200) throw new Error(`${request.path} answered ${answer.status}: ${answer.body}`)
    return JSON.parse(answer.body) as T
  }

  get figuresOfTimes() {
    return this.#times
  }

  figures(found: { times: number; people: number; free: number }): Figure[] {
    const row = (what: string, list: readonly number[], target?: string): Figure => ({
      what: `${what}, ${plain(list.length)} times, p50 / p99`,
      value: `${ms(median(list))} / ${ms(percentile(list, 0.99))}`,
      ...(target && { target }),
    })
    const seconds = (at: number) => `${plain((at - this.#opensAt.getTime()) / 1000)} s after the opening`
    return [
      { what: 'sessions', value: plain(this.#region.citizens), target: '10,000' },
      {
        what: 'times booked / people / still free',
        value: `${found.times} / ${found.people} / ${found.free}`,
        target: '200 / 200 / 0',
      },
      { what: 'the last joined / the last winner', value: `${seconds(this.#lastJoin)} / ${seconds(this.#lastWinner)}` },
      {
        what: 'winners as the sessions saw it, answers 5xx',
        value: `${this.#winners}, ${this.#errors}`,
        target: '200, 0',
      },
      row('joining', this.#times.join, 'p99 < 1 s'),
      row('asking for the place', this.#times.place, 'p99 < 1 s'),
      row('looking for times', this.#times.times, 'p99 < 1 s'),
      row('hold', this.#times.hold, 'p99 < 1 s'),
      row('confirm', this.#times.confirm, 'p99 < 1 s'),
      row('registrar beside it, each request', this.#times.registrar, 'p99 < 1 s'),
    ]
  }
}

const memoryFigure = (memory: { now: number; highest: number } | undefined): Figure => ({
  what: 'memory of the server after it (highest)',
  value: memory ? `${memory.now} MB (${memory.highest} MB)` : 'not told by this system',
})
