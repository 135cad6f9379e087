import { leaveForEsia, openCitizenSession, returnFromEsia, type OpenedSession } from '../../modules/access/index.ts'
import { anonymous, perform, type Operation } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { readAnswer } from './answer.ts'
import { askWhoSignedIn } from './ask-esia.ts'
import type { EsiaPerson } from './person.ts'
import { EsiaRefusal, problemOf, reasonOfProblem, severityOf, type Reason } from './reasons.ts'
import type { EsiaSettings } from './settings.ts'

/** Joins a signed-in citizen to their medical card, or queues them for a registrar; `patients` does it. */
export type LinkCitizen = (work: Work, claim: { accountId: string; person: EsiaPerson }) => Promise<unknown>

/** One browser's request, as the operations of a sign-in need it. */
export type Visit = { requestId: string; address: string; userAgent: string; sessionToken: string | undefined }

/** How a sign-in ended: a session, or the reason why there is none; and where the person wanted to go. */
export type Ending = { returnTo: string } & (
  | { session: OpenedSession }
  | { session?: never; reason: Reason; esiaCode: string | undefined }
)

const operation = (name: string, visit: Visit): Operation => ({
  name,
  journal: 'change',
  requestId: visit.requestId,
  address: visit.address,
})

/** Remembers a sign-in that leaves for ЕСИА. */
export const leave = (
  platform: Platform,
  visit: Visit,
  request: { state: string; browserToken: string; returnTo: string },
): Promise<void> =>
  perform(platform, anonymous, operation('access.leave-for-esia', visit), (work) => leaveForEsia(work, request))

/**
 * The way back from ЕСИА: the state is taken, ЕСИА is asked who it was, the session is opened, the card is linked. Each is
 * an operation of its own with its own row in the journal, so that no transaction waits for the network. Never throws:
 * whatever goes wrong ends in a reason that the person can read.
 */
export async function comeBack(
  platform: Platform,
  esia: { settings: EsiaSettings; apiUrl: string; redirectUri: string; linkCitizen: LinkCitizen },
  visit: Visit,
  back: { query: Record<string, unknown>; browserTokenOf(state: string): string | undefined },
): Promise<Ending> {
  let returnTo = '/'
  let refusal: EsiaRefusal | undefined
  try {
    const answer = readAnswer(back.query)
    // An error of ЕСИА that names no sign-in opens nothing, so it may be explained to whoever brings it.
    if (answer.state !== undefined || typeof answer.outcome === 'string')
      returnTo = await takeState(platform, visit, answer.state, back.browserTokenOf)
    const who = await ask(platform, esia, answer.outcome)
    if (who instanceof EsiaRefusal) refusal = who
    const session = await signIn(platform, visit, who)
    await perform(platform, session.actor, operation('patients.link-citizen', visit), (work) =>
      esia.linkCitizen(work, { accountId: session.accountId, person: who as EsiaPerson }),
    )
    return { returnTo, session }
  } catch (error) {
    const reason = reasonOfProblem(error)
    tell(platform, visit, reason, refusal ?? error)
    return { returnTo, reason, esiaCode: refusal?.code }
  }
}

/** Takes the sign-in this browser left with: its return path. Throws Problem («lost»). */
async function takeState(
  platform: Platform,
  visit: Visit,
  state: string | undefined,
  browserTokenOf: (state: string) => string | undefined,
): Promise<string> {
  const browserToken = state && browserTokenOf(state)
  const taken = await perform(platform, anonymous, operation('access.return-from-esia', visit), async (work) => {
    const request = state && browserToken ? await returnFromEsia(work, { state, browserToken }) : undefined
    if (!request) throw new Problem(problemOf('lost'))
    return request
  })
  return taken.returnTo
}

async function ask(
  platform: Platform,
  esia: { settings: EsiaSettings; apiUrl: string; redirectUri: string },
  outcome: string | EsiaRefusal,
): Promise<EsiaPerson | EsiaRefusal> {
  if (outcome instanceof EsiaRefusal) return outcome
  const { settings, apiUrl, redirectUri } = esia
  return askWhoSignedIn(settings, apiUrl, { code: outcome, redirectUri, now: platform.now() }).catch(
    (error: unknown) => {
      if (error instanceof EsiaRefusal) return error
      throw error
    },
  )
}

/** Opens the session, or records in the journal why there is none. Throws Problem. */
const signIn = (platform: Platform, visit: Visit, who: EsiaPerson | EsiaRefusal): Promise<OpenedSession> =>
  perform(platform, anonymous, operation('access.sign-in-through-esia', visit), (work) => {
    if (who instanceof EsiaRefusal) throw new Problem(problemOf(who.reason))
    return openCitizenSession(work, who, visit)
  })

/** One line in the log: the reason and ЕСИА's code, never who it was or what stood in the address. */
function tell(platform: Platform, visit: Visit, reason: Reason, error: unknown): void {
  const cause = error instanceof EsiaRefusal ? error.cause : undefined
  platform.log[severityOf(reason)](
    {
      requestId: visit.requestId,
      reason,
      ...(error instanceof EsiaRefusal && { esiaCode: error.code, what: error.message }),
      ...(cause instanceof Error && { cause: cause.name, causeCode: codeOf(cause) }),
      ...(reason === 'failed' && { err: error }),
    },
    'a sign-in through ЕСИА ended without a session',
  )
}

/** The system's word for a failed connection; fetch keeps it one level deeper. */
const codeOf = (cause: Error): unknown =>
  (cause as { code?: unknown }).code ?? (cause.cause as { code?: unknown } | undefined)?.code
