import type { FastifyInstance } from 'fastify'
import { NoSuchSystemSession, SystemNotAllowed } from '../../../contracts/other-systems.ts'
import { NotSignedIn, TooManyRequests } from '../../../contracts/problems.ts'
import type { SchedulePorts } from '../../modules/schedules/index.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Problem } from '../../platform/problem.ts'
import type { SoapOperation, SoapValue } from '../../standards/soap/index.ts'
import { mountSoap, tokenOfHeader } from '../other-systems/index.ts'
import { ferCode } from './codes.ts'
import { ferHandlers } from './handlers.ts'
import { FER, ferService, OLDER_FER } from './service.ts'

/** Where КУ ФЭР calls us. */
const FER_PATH = '/exchange/fer'

/** No booking matters: who comes and in which session. They are faults. */
const faults = new Set<string>([
  NotSignedIn.type,
  TooManyRequests.type,
  SystemNotAllowed.type,
  NoSuchSystemSession.type,
])

/** Mounts «Запись к врачу» of КУ ФЭР, version 2. */
export const mountFer = (app: FastifyInstance, platform: Platform, ports: SchedulePorts): void =>
  mountSoap(app, platform, {
    path: FER_PATH,
    by: 'fer-soap',
    service: ferService,
    handlers: ferHandlers(ports),
    tokenOf: tokenOfHeader,
    refusal,
    styleOf: (request) =>
      request.namespace === OLDER_FER
        ? { namespace: OLDER_FER, qualified: false }
        : { namespace: FER, qualified: true },
  })

/** Booking and cancelling answer with a status, everything else with an error. */
function refusal(problem: Problem, operation: SoapOperation, request: SoapValue): SoapValue | undefined {
  const { type, extra } = problem
  if (faults.has(type.type)) return undefined
  const code = ferCode(problem)
  const words = extra.detail ?? type.title
  const session = request['Session_ID'] === undefined ? {} : { Session_ID: request['Session_ID'] }
  if (operation.reply.fields.some(({ name }) => name === 'Status'))
    return { ...session, Status: { Status_Code: code, Comment: words } }
  return { ...session, Error: { Error_Code: code, Error_Message: words } }
}
