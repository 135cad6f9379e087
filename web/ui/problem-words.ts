/** What a refusal says, in words (RFC 9457 with our `advice`); any refusal of the API has this shape. */
export type ProblemWords = {
  type?: string
  status?: number
  title: string
  detail?: string
  advice?: string
  instance?: string
  fields?: { path: string; message: string }[]
}

/** No answer came at all: the network, and not the server, is to be looked at. */
export const isOffline = (problem: ProblemWords): boolean => problem.status === 0

/**
 * The number a person may quote to support; only where support can help: refusals of the rules need none. The first 8
 * and last 4 characters of the request's id are enough to find it in the journal and can be read out by telephone.
 */
export function requestNumber(problem: ProblemWords): string | undefined {
  const { instance, status = 500 } = problem
  if (!instance || (status < 500 && status !== 404 && status !== 403)) return undefined
  return instance.length > 16 ? `${instance.slice(0, 8)}…${instance.slice(-4)}` : instance
}

/** One sentence for a place with room for one: the detail if there is one, else the title, with the advice after it. */
export function inOneSentence({ title, detail, advice }: ProblemWords): string {
  const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)
  return [detail ?? title, advice]
    .filter((text): text is string => Boolean(text))
    .map(sentence)
    .join(' ')
}

/** The message for a field of a form, when the refusal names it. */
export const fieldMessage = (problem: ProblemWords | undefined, path: string): string | undefined =>
  problem?.fields?.find((field) => field.path === path)?.message
