import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { demoLogins } from './store-employees.ts'

/** Logins of demo employees with their passwords. Throws Problem(NotFound) unless the installation is a demo. */
export async function listDemoLogins(work: Work, demo: boolean) {
  if (!demo) throw new Problem(NotFound)
  const rows = await demoLogins(work)
  return {
    logins: rows.map(({ display_name: name, login, password, role, about }) => ({
      login,
      password,
      name,
      role,
      about,
    })),
  }
}
