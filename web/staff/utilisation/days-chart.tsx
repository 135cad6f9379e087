import { useEffect, useRef, type ReactNode } from 'react'
import type { UsageDay } from '../../../contracts/utilisation.ts'
import { dateDigits } from '../../ui/index.ts'
import { dayInWords, parts } from './usage-words.ts'

const HEIGHT = 160
const BAR = 18
const GAP = 6

/**
 * Days as bars of what became of their times. Colours are never alone: the legend names the parts in the order they are
 * stacked, every bar says its day in words, and the table below holds the same numbers.
 */
export function DaysChart({ days }: { days: readonly UsageDay[] }): ReactNode {
  const most = Math.max(1, ...days.map((day) => parts.reduce((sum, { field }) => sum + day[field], 0)))
  const width = days.length * (BAR + GAP)
  const scroll = useRef<HTMLDivElement>(null)
  // What matters most stands at the end: today, or what is nearest to it.
  useEffect(() => scroll.current?.scrollTo({ left: scroll.current.scrollWidth }), [days])
  return (
    <figure className="usage-chart">
      <figcaption className="usage-chart__legend">
        {parts.map(({ field, label }) => (
          <span key={field}>
            <i className={`usage-part usage-part--${field}`} aria-hidden="true" /> {label}
          </span>
        ))}
      </figcaption>
      {/* Wider than a phone: it is scrolled by itself, also with the keyboard. */}
      <div
        ref={scroll}
        className="usage-chart__scroll"
        tabIndex={0}
        role="group"
        aria-label="Дни периода, от первого к последнему"
      >
        <ol className="usage-chart__days" style={{ width }}>
          {days.map((day) => (
            <li key={day.day} title={dayInWords(day)}>
              <span className="visually-hidden">{dayInWords(day)}</span>
              <svg width={BAR} height={HEIGHT} aria-hidden="true">
                <Bar day={day} most={most} />
              </svg>
              <span className="usage-chart__day numbers" aria-hidden="true">
                {Number(day.day.slice(8))}
              </span>
            </li>
          ))}
        </ol>
      </div>
      <p className="small soft">
        {dateDigits(days[0]!.day)} – {dateDigits(days.at(-1)!.day)}; самый полный день: {most}
      </p>
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
