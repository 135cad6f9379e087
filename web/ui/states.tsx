import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icons.tsx'
import { isOffline, requestNumber, type ProblemWords } from './problem-words.ts'

type SkeletonProps = {
  /** What is being loaded, for readers: «Загружаем записи». */
  label?: string
  /** lines: text; rows: a list; card: one card with a heading. */
  shape?: 'lines' | 'rows' | 'card'
  count?: number
}

/** Takes the place of what is coming, in its shape, so that nothing jumps. Quick answers never show it. */
export function Skeleton({ label = 'Загружаем', shape = 'lines', count = 3 }: SkeletonProps): ReactNode {
  return (
    <output className={classes('skeleton', `skeleton--${shape}`)}>
      <span className="visually-hidden">{label}…</span>
      {Array.from({ length: shape === 'card' ? 1 : count }, (_, i) => (
        <span key={i} className="skeleton__part" aria-hidden="true">
          <span className="skeleton__bar" />
          {shape !== 'lines' && <span className="skeleton__bar skeleton__bar--short" />}
          {shape === 'card' && <span className="skeleton__bar" />}
        </span>
      ))}
    </output>
  )
}

type EmptyStateProps = { icon?: IconName; title: ReactNode; children?: ReactNode; actions?: ReactNode }

/** There is nothing here: says why, and what to do about it. */
export function EmptyState({ icon = 'info', title, children, actions }: EmptyStateProps): ReactNode {
  return (
    <div className="state">
      <span className="state__icon">
        <Icon name={icon} size={30} />
      </span>
      <p className="state__title">{title}</p>
      {children && <div className="state__text">{children}</div>}
      {actions && <div className="state__actions cluster">{actions}</div>}
    </div>
  )
}

type ErrorStateProps = {
  problem: ProblemWords
  /** Tries again what failed. */
  onRetry?: () => void
  retrying?: boolean
  /** Other ways out: a link home, a telephone. */
  actions?: ReactNode
}

/** Something did not load: the server's own words, its advice, a way to try again, and the number to quote to support. */
export function ErrorState({ problem, onRetry, retrying = false, actions }: ErrorStateProps): ReactNode {
  const number = requestNumber(problem)
  return (
    <div className="state state--error" role="alert">
      <span className="state__icon">
        <Icon name={isOffline(problem) ? 'offline' : 'warning'} size={30} />
      </span>
      <p className="state__title">{problem.title}</p>
      <div className="state__text">
        {problem.detail && <p>{problem.detail}</p>}
        {problem.advice && <p>{problem.advice}</p>}
        {number && (
          <p className="small soft">
            Номер для обращения в поддержку: <span className="numbers state__number">{number}</span>
          </p>
        )}
      </div>
      <div className="state__actions cluster">
        {onRetry && (
          <Button kind="primary" busy={retrying} busyText="Пробуем ещё раз…" onClick={onRetry}>
            Попробовать ещё раз
          </Button>
        )}
        {actions}
      </div>
    </div>
  )
}
