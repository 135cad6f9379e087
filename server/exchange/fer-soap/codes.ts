import { RuleRefuses, type RuleRefusal } from '../../../contracts/booking-rules.ts'
import { ferWord, inCapitals, OTHER_AGE } from '../../../contracts/refusal-codes.ts'
import type { Problem } from '../../platform/problem.ts'

export const SUCCESS = 'SUCCESS'

/**
 * The code of a refusal. A rule of the region adds its kind («BOOKING_RULE_ATTACHMENT»); one about age has the code that
 * the sources name for it.
 */
export function ferCode({ type, extra }: Problem): string {
  const [rule] = type.type === RuleRefuses.type ? ((extra['rules'] ?? []) as readonly RuleRefusal[]) : []
  if (!rule) return ferWord(type.type)
  return rule.kind === 'age' ? OTHER_AGE : `${ferWord(RuleRefuses.type)}_${inCapitals(rule.kind)}`
}
