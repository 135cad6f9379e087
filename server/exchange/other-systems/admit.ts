import type { FastifyRequest } from 'fastify'
import type { SystemInterface } from '../../../contracts/other-systems.ts'
import { NotSignedIn } from '../../../contracts/problems.ts'
import { admitSystem } from '../../modules/access/index.ts'
import { anonymous, perform, type Operation } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { Problem } from '../../platform/problem.ts'
import type { Actor } from '../../platform/work.ts'

/** An address is tried by programs of one node: what counts is the limit of the system itself. */
export const PER_ADDRESS_A_MINUTE = 12_000

/**
 * Who comes with this token by this protocol; a system that may not is journalled with its refusal, a token that is
 * nobody's as nobody. Throws
 * NotSignedIn, SystemNotAllowed, TooManyRequests.
 */
export async function admit(
  platform: Platform,
  by: SystemInterface,
  token: string,
  operation: Operation,
): Promise<Actor> {
  try {
    const { actor, refusal } = await admitSystem(platform.db, { token, by, now: platform.now() })
    return refusal ? await refuse(platform, actor, operation, refusal) : actor
  } catch (error) {
    if (error instanceof Problem && error.type === NotSignedIn) return refuse(platform, anonymous, operation, error)
    throw error
  }
}

/** Journals the refusal and throws it. */
const refuse = (platform: Platform, actor: Actor, operation: Operation, refusal: Problem): Promise<never> =>
  perform(platform, actor, operation, () => Promise.reject(refusal))

/** The token of «Authorization: Bearer …» or of the password of «Basic …»; empty when there is none. */
export function tokenOfHeader(request: FastifyRequest): string {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ')
  if (/^bearer$/i.test(scheme ?? '')) return value
  if (!/^basic$/i.test(scheme ?? '')) return ''
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
