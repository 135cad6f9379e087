import { useState, type FormEvent, type ReactNode } from 'react'
import { RuleRefuses, type RuleRefusal as Rule, type RuleOverride } from '../../../contracts/booking-rules.ts'
import type { Refusal } from '../../api/index.ts'
import { Button, Card, Notice, TextInput } from '../../ui/index.ts'
import { HoldRefusal } from './hold-refusal.tsx'

/** The rules a refusal names; none when it is about something else. */
const rulesIn = (refusal: Refusal): readonly Rule[] => {
  const { rules } = refusal.problem
  return Array.isArray(rules) ? (rules as Rule[]) : []
}

export type PastRules = { referral?: string; override?: RuleOverride }

type Props = {
  rules: readonly Rule[]
  busy: boolean
  /** What was given before stays given: rules that come up one after another are all booked past. */
  given: PastRules
  onBook: (past: PastRules) => void
}

type RefusedProps = Omit<Props, 'rules'> & { refusal: Refusal; zone: string }

/** Why the time could not be held; when rules say so, which, and the way past them. */
export function Refused({ refusal, zone, ...rest }: RefusedProps): ReactNode {
  const rules = rulesIn(refusal)
  return (
    <>
      {(rules.length === 0 || refusal.problem.type !== RuleRefuses.type) && (
        <HoldRefusal refusal={refusal} zone={zone} />
      )}
      {rules.length > 0 && <RulesRefuse key={rules.map((rule) => rule.id).join(' ')} rules={rules} {...rest} />}
    </>
  )
}

/** Which rules refuse, and, where they let staff decide, the way past them: the number of a referral, or a reason. */
function RulesRefuse({ rules, busy, given, onBook }: Props): ReactNode {
  const [referral, setReferral] = useState(given.referral ?? '')
  const [reason, setReason] = useState(given.override?.reason ?? '')
  const needsReferral = rules.some((rule) => rule.kind === 'referral')
  const others = rules.filter((rule) => rule.kind !== 'referral' || !referral.trim())
  const firm = others.some((rule) => !rule.overridable)
  const ready = others.length === 0 || (!firm && reason.trim() !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || busy) return
    const past = [...(given.override?.rules ?? []), ...others.map((rule) => rule.id)]
    onBook({
      ...(referral.trim() && { referral: referral.trim() }),
      ...(past.length > 0 && {
        override: { rules: [...new Set(past)], reason: reason.trim() || given.override!.reason },
      }),
    })
  }
  return (
    <Card title="Правила записи не пускают">
      {rules.map((rule) => (
        <Notice key={rule.id} live kind={rule.overridable ? 'warning' : 'error'} title={rule.name}>
          <p>{rule.detail}</p>
          <p>{rule.advice}</p>
          <p className="soft small">
            {rule.legalSource}. {rule.overridable ? 'Можно обойти, указав причину.' : 'Обойти нельзя.'}
          </p>
        </Notice>
      ))}
      {(needsReferral || !firm) && (
        <form className="stack" onSubmit={submit}>
          {needsReferral && (
            <TextInput
              label="Номер направления"
              hint="С бумаги, которую принёс пациент"
              maxLength={200}
              value={referral}
              onChange={setReferral}
            />
          )}
          {others.length > 0 && !firm && (
            <TextInput
              label="Причина, почему записываете"
              hint="Останется в записи вместе с вашим именем"
              maxLength={200}
              value={reason}
              onChange={setReason}
            />
          )}
          <div>
            <Button type="submit" disabled={!ready} busy={busy}>
              Записать всё равно
            </Button>
          </div>
        </form>
      )}
    </Card>
  )
}
