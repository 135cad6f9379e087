import { NotFound } from '../../../contracts/problems.ts'
import { isSnils } from '../../../contracts/values.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { identityOf } from './store-citizens.ts'

/** The citizen's own data as ЕСИА gave them at the last sign-in. Throws Problem(NotFound) when there are none. */
export async function showIdentity(work: Work) {
  const identity = await identityOf(work, work.actor.id)
  if (!identity) throw new Problem(NotFound)
  return {
    lastName: identity.last_name,
    firstName: identity.first_name,
    middleName: identity.middle_name,
    birthDate: identity.birth_date,
    snils: identity.snils !== null && isSnils(identity.snils) ? identity.snils : null,
    phone: identity.phone,
    email: identity.email,
    trusted: identity.trusted,
  }
}
