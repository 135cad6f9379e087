import { useEffect, type ReactNode } from 'react'
import { showDemoCode } from '../../../contracts/access.ts'
import { useRead } from '../../api/index.ts'
import { Button, count } from '../../ui/index.ts'
import { codeWords } from './words.ts'

const seconds = (n: number) => count(n, ['секунду', 'секунды', 'секунд'])

type Props = {
  onChoose: (code: string) => void
  /** Changes when a code was refused: it may have been used, and the next one is shown. */
  renew: unknown
}

/** The demo only: the code that a telephone would show now. A code is asked for anew when it runs out. */
export function DemoCode({ onChoose, renew }: Props): ReactNode {
  const { data, refetch, dataUpdatedAt } = useRead(showDemoCode, {})
  useEffect(() => {
    if (renew) void refetch()
  }, [renew, refetch])
  useEffect(() => {
    if (!data) return
    const runsOutAt = dataUpdatedAt + (data.readyIn > 0 ? data.readyIn : data.secondsLeft) * 1000
    const timer = setTimeout(() => void refetch(), Math.max(1000, runsOutAt - Date.now()))
    return () => clearTimeout(timer)
  }, [data, dataUpdatedAt, refetch])
  return (
    <aside className="demo-code" aria-label="Демонстрация: код второго фактора">
      <p className="small">
        <strong>Демонстрация.</strong> Код, который показал бы телефон:
      </p>
      {!data ? (
        <p className="demo-code__digits numbers">···&nbsp;···</p>
      ) : data.readyIn > 0 ? (
        <p>Прошлый код уже использован. Новый будет через {seconds(data.readyIn)}.</p>
      ) : (
        <div className="cluster">
          <span className="demo-code__digits numbers">{codeWords(data.code)}</span>
          <Button size="small" onClick={() => onChoose(data.code)}>
            Вставить
          </Button>
        </div>
      )}
    </aside>
  )
}
