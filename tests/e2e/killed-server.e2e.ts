import { spawn, type ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyConsultation } from '../../contracts/chart.ts'
import { newId } from '../../server/platform/ids.ts'
import { cloneDatabase, type TestDatabase } from '../../server/platform/testing/test-database.ts'
import { E2E_SECRET, LOADED } from './demo-region.ts'

type Program = { child: ChildProcess; address: string }

/** The built program as `npm start` runs it, over a database of the test's. */
async function start(databaseUrl: string): Promise<Program> {
  const child = spawn(process.execPath, ['dist/server/main.mjs', 'demo'], {
    env: {
      ...process.env,
      RMIS_DATABASE_URL: databaseUrl,
      RMIS_SECRET: E2E_SECRET,
      RMIS_PORT: '0',
      RMIS_DATA_DIR: '.cache/killed',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${text}`)))
    child.stdout.on('data', (part: Buffer) => {
      text += String(part)
      const address = /Пациентам:\s+(http:\/\/\S+?)\//.exec(text)?.[1]
      if (address) resolve({ child, address })
    })
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.kill(signal)
  return ended
}

/** A visit begins on its day at the earliest: moves this one to a night that is over by the machine's clock. */
async function moveBack({ pool }: TestDatabase, appointmentId: string): Promise<void> {
  const earlier = `starts_at = starts_at - interval '8 days 7 hours', ends_at = ends_at - interval '8 days 7 hours'`
  // Time, appointment and claim name each other: keys are looked at again once all three are moved.
  await pool.query(`begin; set local session_replication_role = replica;
    update schedules.slot set ${earlier} where appointment_id = '${appointmentId}';
    update booking.patient_visit set ${earlier} where visit_id = '${appointmentId}';
    update booking.appointment set ${earlier} where id = '${appointmentId}'; commit`)
}

describe('a program killed with -9 in the middle of its work', () => {
  let database: TestDatabase
  let program: Program
  let cookie: string
  let visit: { patientId: string; id: string }

  const send = async (method: string, path: string, body?: unknown, key = newId()) =>
    fetch(`${program.address}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...(cookie && { cookie }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const keepCookie = (reply: Response) => {
    cookie = reply.headers.getSetCookie()[0]!.split(';')[0]!
  }

  beforeAll(async () => {
    database = await cloneDatabase({ template: LOADED })
    // The program goes by the machine's clock, and the region begins some days ahead of it.
    await database.pool.query(`update access.assignment set since = since - interval '30 days'`)
    program = await start(database.url)
    cookie = ''
    keepCookie(await send('POST', '/api/v1/sign-in', { login: 'ivanova', password: 'demo-2026' }))
    const { code } = (await (await send('GET', '/api/v1/demo/code')).json()) as { code: string }
    keepCookie(await send('POST', '/api/v1/second-factor', { code }))
    const { rows } = await database.pool.query<{ patient_id: string; id: string }>(
      `select a.patient_id, a.id from booking.appointment a join access.assignment g on g.staff_id = a.practitioner_role_id
       join access.employee_login l on l.account_id = g.account_id where l.login = 'ivanova' and a.status = 'booked' order by a.starts_at limit 1`,
    )
    const { patient_id: patientId, id: appointmentId } = rows[0]!
    await moveBack(database, appointmentId)
    const started = await send('POST', `/api/v1/patients/${patientId}/visits`, { appointmentId })
    expect(started.status).toBe(200)
    visit = { patientId, id: ((await started.json()) as { id: string }).id }
  })
  afterAll(async () => {
    await end(program.child, 'SIGKILL')
    await database.drop()
  })

  it('has kept every draft it acknowledged, and repeats of what it did not answer are safe', async () => {
    const path = `/api/v1/patients/${visit.patientId}/visits/${visit.id}/draft`
    let acknowledged = 0
    for (let kill = 1; kill <= 3; kill++) {
      const victim = program.child
      let killed = false
      setTimeout(
        () => {
          killed = true
          victim.kill('SIGKILL')
        },
        150 + kill * 170,
      )
      let pending: { key: string; draft: object } | undefined
      while (!killed) {
        pending = { key: newId(), draft: { ...emptyConsultation, complaints: `Запись ${acknowledged + 1}` } }
        const reply = await send('PUT', path, { version: acknowledged, draft: pending.draft }, pending.key).catch(
          () => undefined,
        )
        if (reply?.status !== 200) break
        acknowledged = ((await reply.json()) as { version: number }).version
        pending = undefined
      }
      program = await start(database.url)
      if (pending) {
        // The same request with the same key: done once, whether the first one had been committed or not.
        const again = await send('PUT', path, { version: acknowledged, draft: pending.draft }, pending.key)
        expect(again.status).toBe(200)
        acknowledged = ((await again.json()) as { version: number }).version
      }
      const shown = (await (await send('GET', path.replace('/draft', ''))).json()) as {
        draft: { version: number; body: { complaints: string } }
      }
      expect(shown.draft).toMatchObject({ version: acknowledged, body: { complaints: `Запись ${acknowledged}` } })
    }
    expect(acknowledged).toBeGreaterThan(3)
  })

  it('stops cleanly on Ctrl-C', async () => {
    expect(await end(program.child, 'SIGINT')).toBe(0)
  })
})
