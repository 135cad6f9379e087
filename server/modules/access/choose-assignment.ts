import type { Me } from '../../../contracts/access.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import type { AccessSettings } from './settings.ts'
import { currentAssignments, setAssignment } from './store.ts'
import { employeeActor, meOf } from './who-am-i.ts'

/** Lets this session act in another of the account's own capacities. Throws Problem(NotFound) for anybody else's. */
export async function chooseAssignment(work: Work, settings: AccessSettings, assignmentId: string): Promise<Me> {
  const { actor } = work
  const [changed, places] = await Promise.all([
    setAssignment(work, actor.sessionId!, actor.id, assignmentId),
    currentAssignments(work, actor.id),
  ])
  const place = places.find((p) => p.id === assignmentId)
  if (!changed || !place) throw new Problem(NotFound)
  work.note({ objectType: 'assignment', objectId: assignmentId })
  const now = employeeActor(actor, place, actor.sessionId!, actor.steppedUpAt)
  return meOf(now, { places, currentId: place.id, needsSecondFactor: false, demo: settings.demo })
}
