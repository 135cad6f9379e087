import type { RuleRefusal } from '../../../contracts/booking-rules.ts'
import { RuleRefuses } from '../../../contracts/booking-rules.ts'
import { AgeDoesNotFit, AlreadyBooked, SlotInThePast, SlotTaken, VisitsOverlap } from '../../../contracts/booking.ts'
import type { Problem } from '../../platform/problem.ts'

const OTHER_AGE = 'APPOINT_TIME_AVAILABLE_PATIENT_OTHER_AGE'

/** Status codes of КУ ФЭР that the sources name, by our refusal. */
const known = new Map<string, string>([
  [SlotTaken.type, 'APPOINT_TIME_IS_BUSY'],
  [SlotInThePast.type, 'APPOINT_VISIT_TIME_HAS_PASSED'],
  [AlreadyBooked.type, 'APPOINT_PATIENT_REGISTERED_SPECIALIST'],
  [VisitsOverlap.type, 'APPOINT_PATIENT_REGISTERED_OTHER_SPECIALIST'],
  [AgeDoesNotFit.type, OTHER_AGE],
])

export const SUCCESS = 'SUCCESS'

const spelled = (slug: string): string => slug.replaceAll('-', '_').toUpperCase()

/**
 * The code of a refusal: the one the sources name, or else ours spelled in their manner («SLOT_NOT_FOUND»). A rule of the
 * region adds its kind («BOOKING_RULE_ATTACHMENT»); one about age has the code that the sources name for it.
 */
export function ferCode({ type, extra }: Problem): string {
  if (type.type === RuleRefuses.type) {
    const [first] = (extra['rules'] ?? []) as readonly RuleRefusal[]
    if (first?.kind === 'age') return OTHER_AGE
    if (first) return `BOOKING_RULE_${spelled(first.kind)}`
  }
  return known.get(type.type) ?? spelled(type.type.replace('/problems/', ''))
}
