import type { ReactNode } from 'react'
import type { UsageDay } from '../../../contracts/utilisation.ts'
import { dateDigits } from '../../ui/index.ts'
import { dayInWords, parts } from './usage-words.ts'

const HEIGHT = 160
const BAR = 16
const STEP = 20

/**
 * Days as bars of what became of their times, as wide as the page. Colours are never alone: the legend names the parts in
 * the order in which they are stacked, a reader hears every day in words, and the table below holds the same numbers.
 */
export function DaysChart({ days }: { days: readonly UsageDay[] }): ReactNode {
  const most = Math.max(1, ...days.map((day) => parts.reduce((sum, { field }) => sum + day[field], 0)))
  return (
    <figure className="usage-chart">
      <figcaption className="usage-chart__legend">
        {parts.map(({ field, label }) => (
          <span key={field}>
            <i className={`usage-part usage-part--${field}`} aria-hidden="true" /> {label}
          </span>
        ))}
      </figcaption>
      <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {days.map((day, i) => (
          <g key={day.day} transform={`translate(${i * STEP + (STEP - BAR) / 2} 0)`}>
            <title>{dayInWords(day)}</title>
            <Bar day={day} most={most} />
          </g>
        ))}
      </svg>
      <ol className="visually-hidden">
        {days.map((day) => (
          <li key={day.day}>{dayInWords(day)}</li>
        ))}
      </ol>
      <p className="usage-chart__ends small soft numbers" aria-hidden="true">
        <span>{dateDigits(days[0]!.day)}</span>
        <span>{dateDigits(days.at(-1)!.day)}</span>
      </p>
      <p className="small soft">Самый полный день: {most}</p>
    </figure>
  )
}

function Bar({ day, most }: { day: UsageDay; most: number }): ReactNode {
  let from = HEIGHT
  return parts.map(({ field }) => {
    const height = (day[field] / most) * HEIGHT
    from -= height
    return <rect key={field} className={`usage-part--${field}`} x={0} y={from} width={BAR} height={height} />
  })
}
