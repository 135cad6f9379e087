import { afterEach, describe, expect, it } from 'vitest'
import * as access from '../../contracts/access.ts'
import { WrongSetting } from '../config.ts'
import { authenticate } from '../modules/access/index.ts'
import { accessRoutes } from '../modules/access/routes.ts'
import { newId } from '../platform/ids.ts'
import { useTestApp } from '../platform/testing/test-app.ts'
import { fillSmallRegion, polyclinic } from '../testing/small-region.ts'
import { createEmployeeCommand, makeEmployee } from './create-employee.ts'

const secret = 'cd'.repeat(32)

describe('rmis create-employee', () => {
  const app = useTestApp({
    routes: (platform) => accessRoutes({ secret, demo: false, attempts: platform.db }),
    authenticate,
    fill: ({ db }) => fillSmallRegion(db),
  })
  const nobody = { role: 'administrator', name: 'Первый Пётр Петрович', organizationOid: undefined } as const
  const exitCode = process.exitCode
  afterEach(() => void (process.exitCode = exitCode))

  it('makes an administrator who signs in with the password it printed, and journals it', async () => {
    const { password, totpUri, accountId } = await makeEmployee(app().platform, secret, { ...nobody, login: 'First' })
    expect(totpUri).toMatch(/^otpauth:\/\/totp\//)
    expect(await app().call(undefined, access.signIn, { body: { login: 'first', password } })).toMatchObject({
      role: 'administrator',
      needsSecondFactor: true,
    })
    expect((await app().journal('access.create-employee')).map((row) => row.object_id)).toEqual([accountId])
  })

  it('puts a registrar at the organisation that was named, and refuses one at none or at an unknown one', async () => {
    const registrar = { role: 'registrar', name: 'Вторая Вера Ильинична', login: 'second' } as const
    const make = (organizationOid: string | undefined) =>
      makeEmployee(app().platform, secret, { ...registrar, organizationOid })
    await expect(make(undefined)).rejects.toThrow(WrongSetting)
    await expect(make('1.2.3')).rejects.toThrow('1.2.3')
    const { password } = await make('1.2.643.5.1.13.13.12.2.77.1001')
    expect(await app().call(undefined, access.signIn, { body: { login: 'second', password } })).toMatchObject({
      organizationId: polyclinic.id,
    })
  })

  it('names a login that is taken', async () => {
    const login = newId()
    await makeEmployee(app().platform, secret, { ...nobody, login })
    await expect(makeEmployee(app().platform, secret, { ...nobody, login })).rejects.toThrow('is taken')
  })

  it.each([[[]], [['nurse', 'x', 'Имя']], [['administrator', 'x']], [['administrator', 'x', 'y', 'z', 'more']]])(
    'does not understand %j and says how it is called',
    async (args: string[]) => {
      await createEmployeeCommand(args)
      expect(process.exitCode).toBe(2)
    },
  )
})
