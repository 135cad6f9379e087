import type { ReactNode } from 'react'
import { useSecondsLeft, type Refusal } from '../../api/index.ts'
import { countdownWords, Notice, ownZone, timeWords } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { lockedUntil } from './words.ts'

type Props = { refusal: Refusal | undefined }

/** Why one was not let in: the server's words; when no guesses are heard for a while, until when. */
export function Refused({ refusal }: Props): ReactNode {
  if (!refusal) return null
  const until = lockedUntil(refusal)
  if (until) return <Locked until={until} />
  return <ProblemNotice refusal={refusal} />
}

function Locked({ until }: { until: string }): ReactNode {
  const left = useSecondsLeft(until)
  if (left === 0)
    return (
      <Notice live title="Можно попробовать ещё раз">
        <p>Проверьте раскладку клавиатуры и Caps Lock.</p>
      </Notice>
    )
  return (
    <Notice live kind="error" title={`Вход закрыт до ${timeWords(until, ownZone())}: слишком много неверных попыток`}>
      <p>
        Осталось <span className="numbers">{countdownWords(left)}</span>. Если вы забыли пароль, обратитесь к
        администратору.
      </p>
    </Notice>
  )
}
