import type { FastifyInstance } from 'fastify'
import { concentratorCode } from '../../../contracts/refusal-codes.ts'
import type { SchedulePorts } from '../../modules/schedules/index.ts'
import type { Platform } from '../../platform/platform.ts'
import { textOf } from '../../standards/soap/index.ts'
import { mountSoap } from '../other-systems/index.ts'
import { hubHandlers, idOf } from './handlers.ts'
import { hubService } from './service.ts'

/** Where clients of the Concentrator call us. */
const HUB_PATH = '/exchange/hub'

/** Mounts HubService of the Concentrator. Every refusal is a result that did not succeed; the token is its «guid». */
export const mountHub = (app: FastifyInstance, platform: Platform, ports: SchedulePorts, version: string): void =>
  mountSoap(app, platform, {
    path: HUB_PATH,
    by: 'hub-soap',
    service: hubService,
    handlers: hubHandlers(ports, version),
    tokenOf: (_http, request) => textOf(request, 'guid'),
    refusal: ({ type, extra }, operation, request) => ({
      [`${operation.name}Result`]: {
        Success: false,
        ErrorList: [{ IdError: concentratorCode(type.type), ErrorDescription: extra.detail ?? type.title }],
        ...idOf(request),
      },
    }),
  })
