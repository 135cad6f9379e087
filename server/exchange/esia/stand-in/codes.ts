import { newId } from '../../../platform/ids.ts'
import { openBytes, sealBytes } from '../../../platform/secret-box.ts'

/** A request to v2/ac that was found right and waits for the person's choice. */
export type Waiting = { clientId: string; scope: string; state: string; redirectUri: string }
/** What a code stands for. */
export type Grant = Omit<Waiting, 'state'> & { oid: string }

type Sealed<T> = T & { id: string; until: number }

/** How long the list of people may stay open, and how long a code waits for its exchange, in milliseconds. */
const WAITING_MS = 15 * 60_000
const CODE_MS = 60_000

/**
 * Requests and codes of the stand-in. They carry what they stand for, sealed, so nothing needs to be kept but the codes
 * that were used: a restarted node goes on with the sign-ins of the one before it. (A code used just before a restart
 * could be used again within its minute; ЕСИА itself would not allow it.)
 */
export function openCodes(secret: string, now: () => Date) {
  const used = new Map<string, number>()

  const seal = (context: string, what: object, lifeMs: number): string =>
    sealBytes(
      secret,
      `esia-stand-in ${context}`,
      Buffer.from(JSON.stringify({ ...what, id: newId(), until: now().getTime() + lifeMs })),
    ).toString('base64url')

  function open<T>(context: string, text: string): Sealed<T> | undefined {
    try {
      const bytes = openBytes(secret, `esia-stand-in ${context}`, Buffer.from(text, 'base64url'))
      const what = JSON.parse(bytes.toString()) as Sealed<T>
      return what.until > now().getTime() ? what : undefined
    } catch {
      return undefined
    }
  }

  return {
    waitingOf: (request: Waiting): string => seal('request', request, WAITING_MS),
    readWaiting: (text: string): Waiting | undefined => open<Waiting>('request', text),
    codeOf: (grant: Grant): string => seal('code', grant, CODE_MS),
    /** What a code stands for, once; undefined when it is unknown, late or used. */
    takeCode(text: string): Grant | undefined {
      const grant = open<Grant>('code', text)
      if (!grant || used.has(grant.id)) return undefined
      for (const [id, until] of used) if (until <= now().getTime()) used.delete(id)
      used.set(grant.id, grant.until)
      return grant
    },
  }
}

export type Codes = ReturnType<typeof openCodes>
