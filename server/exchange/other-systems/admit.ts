import type { FastifyRequest } from 'fastify'
import type { SystemInterface } from '../../../contracts/other-systems.ts'
import { admitSystem } from '../../modules/access/index.ts'
import { anonymous, perform, type Operation } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Actor } from '../../platform/work.ts'

/** An address is tried by programs of one node: what counts is the limit of the system itself. */
export const PER_ADDRESS_A_MINUTE = 12_000

/**
 * Who comes with this token by this protocol; somebody who may not is journalled as nobody, with the refusal. Throws
 * NotSignedIn, SystemNotAllowed, TooManyRequests.
 */
export async function admit(
  platform: Platform,
  by: SystemInterface,
  token: string,
  operation: Operation,
): Promise<Actor> {
  try {
    return await admitSystem(platform.db, { token, by, now: platform.now() })
  } catch (error) {
    return perform(platform, anonymous, operation, () => Promise.reject(error))
  }
}

/** The token of «Authorization: Bearer …» or of the password of «Basic …»; empty when there is none. */
export function tokenOfHeader(request: FastifyRequest): string {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ')
  if (/^bearer$/i.test(scheme ?? '')) return value
  if (!/^basic$/i.test(scheme ?? '')) return ''
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
