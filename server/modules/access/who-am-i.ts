import type { Me } from '../../../contracts/access.ts'
import type { Actor, Work } from '../../platform/work.ts'
import type { Assignment } from './rules.ts'
import { assignmentOfSession, currentAssignments } from './store.ts'

/** Who is signed in, and what else this account may act as. */
export async function whoAmI(work: Work, demo: boolean): Promise<Me> {
  const [places, currentId] = await Promise.all([
    currentAssignments(work, work.actor.id),
    assignmentOfSession(work, work.actor.sessionId!),
  ])
  return meOf(work.actor, { places, currentId, needsSecondFactor: false, demo })
}

/** An actor as the screens know them. */
export function meOf(
  actor: Actor,
  state: { places: readonly Assignment[]; currentId: string | undefined; needsSecondFactor: boolean; demo: boolean },
): Me {
  return {
    accountId: actor.id,
    kind: actor.kind as Me['kind'],
    name: actor.name,
    role: actor.role as Me['role'],
    organizationId: actor.organizationId ?? null,
    staffId: actor.staffId ?? null,
    needsSecondFactor: state.needsSecondFactor,
    assignments: state.places.map(({ id, role, organizationId }) => ({
      id,
      role,
      organizationId,
      current: id === state.currentId,
    })),
    demo: state.demo,
  }
}

/** An employee acting in a capacity. */
export const employeeActor = (
  account: { id: string; name: string },
  place: Assignment,
  sessionId: string,
  steppedUpAt?: Date,
): Actor => ({
  id: account.id,
  kind: 'employee',
  role: place.role,
  name: account.name,
  sessionId,
  ...(place.organizationId && { organizationId: place.organizationId }),
  ...(place.staffId && { staffId: place.staffId }),
  ...(steppedUpAt && { steppedUpAt }),
})
