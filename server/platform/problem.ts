import type { ProblemType } from '../../contracts/endpoint.ts'

/** What a refusal may add to its type: a sentence for people, wrong fields, and any machine-readable extras. */
export type ProblemExtra = { detail?: string; fields?: { path: string; message: string }[]; [name: string]: unknown }

/**
 * An expected refusal. Throwing it rolls the transaction back and answers application/problem+json (RFC 9457).
 * A bug is a plain Error instead: logged, answered with 500 and no detail.
 */
export class Problem extends Error {
  readonly type: ProblemType
  readonly extra: ProblemExtra
  constructor(type: ProblemType, extra: ProblemExtra = {}) {
    super(extra.detail ?? type.title)
    this.name = 'Problem'
    this.type = type
    this.extra = extra
  }
}
