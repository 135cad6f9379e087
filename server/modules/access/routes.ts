import * as contract from '../../../contracts/access.ts'
import * as systems from '../../../contracts/other-systems.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { chooseAssignment } from './choose-assignment.ts'
import { giveSecondFactor } from './give-second-factor.ts'
import { listDemoLogins } from './list-demo-logins.ts'
import { listSessions } from './list-sessions.ts'
import { listSystems, registerSystem, revokeSystem } from './other-systems.ts'
import { revokeSession } from './revoke-session.ts'
import type { AccessSettings } from './settings.ts'
import { showDemoCode } from './show-demo-code.ts'
import { showIdentity } from './show-identity.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { whoAmI } from './who-am-i.ts'

/** Operations on oneself (who am I, signing in and out, sessions, capacities) and the access of other systems. */
export const accessRoutes = (settings: AccessSettings): readonly Route[] => [
  serve(contract.whoAmI, (work) => whoAmI(work, settings.demo)),
  serve(contract.signIn, (work, { body }, exchange) => signIn(work, settings, body, exchange)),
  serve(contract.giveSecondFactor, (work, { body }, exchange) => giveSecondFactor(work, settings, body.code, exchange)),
  serve(contract.signOut, (work, _input, exchange) => signOut(work, exchange)),
  serve(contract.chooseAssignment, (work, { body }) => chooseAssignment(work, settings, body.assignmentId)),
  serve(contract.listSessions, (work) => listSessions(work)),
  serve(contract.revokeSession, (work, { params }, exchange) => revokeSession(work, params.sessionId, exchange)),
  serve(contract.listDemoLogins, (work) => listDemoLogins(work, settings.demo)),
  serve(contract.showDemoCode, (work, _input, exchange) => showDemoCode(work, settings, exchange)),
  serve(contract.myIdentity, (work) => showIdentity(work)),
  serve(systems.listExternalSystems, (work) => listSystems(work)),
  serve(systems.registerExternalSystem, (work, { body }) => registerSystem(work, body)),
  serve(systems.revokeExternalSystem, (work, { params }) => revokeSystem(work, params.systemId)),
]
