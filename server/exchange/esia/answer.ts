import { esiaCodeOf, EsiaRefusal, reasonOf } from './reasons.ts'

/** What ЕСИА sent the browser back with: whose sign-in it is (undefined: it does not say), and a code or a refusal. */
export type Answer = { state: string | undefined; outcome: string | EsiaRefusal }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Codes of ЕСИА are JWTs of about a thousand characters. */
const MAX_CODE = 8000

/** Reads the query of the way back, whatever stands in it: `code` and `state`, or `error` and `error_description`. */
export function readAnswer(query: Record<string, unknown>): Answer {
  const { state, code, error, error_description: description } = query
  return {
    state: typeof state === 'string' && UUID.test(state) ? state : undefined,
    outcome:
      error !== undefined
        ? new EsiaRefusal(reasonOf(error, description), 'ЕСИА did not let the person through', esiaCodeOf(description))
        : typeof code === 'string' && code !== '' && code.length <= MAX_CODE
          ? code
          : new EsiaRefusal(state === undefined ? 'lost' : 'untrusted-answer', 'the way back has no code'),
  }
}
