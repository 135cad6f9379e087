import type { ReactNode } from 'react'
import type { Refusal } from '../api/index.ts'
import { Notice, type NoticeKind } from '../ui/index.ts'

type Props = { refusal: Refusal | undefined; kind?: NoticeKind; actions?: ReactNode }

/** Why something was not done, beside where it was asked for: the server's words and what it advises. */
export function ProblemNotice({ refusal, kind = 'error', actions }: Props): ReactNode {
  if (!refusal) return null
  const { title, detail, advice } = refusal.problem
  return (
    <Notice live kind={kind} title={title} actions={actions}>
      {detail && <p>{detail}</p>}
      {advice && <p>{advice}</p>}
    </Notice>
  )
}
