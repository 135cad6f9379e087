import type { ReactNode } from 'react'
import type { RuleRefusal } from '../../../contracts/booking-rules.ts'

/** Why a rule refuses, what to do instead, and where it is written. */
export const RuleWords = ({ refusal }: { refusal: RuleRefusal }): ReactNode => (
  <>
    {refusal.detail} {refusal.advice}
    <br />
    <span className="small">
      Правило «{refusal.name}» ({refusal.legalSource})
    </span>
  </>
)
