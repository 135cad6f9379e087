import { useId, type ReactNode } from 'react'
import { classes } from './class-names.ts'

type SegmentsProps<V extends string> = {
  /** What is being chosen, for readers; shown above when `legendShown`. */
  legend: string
  legendShown?: boolean
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; label: ReactNode }[]
  /** Stay in one line, scrolled sideways on a phone: for filters above a list, which should be seen itself. */
  scroll?: boolean
}

/** A choice among few that acts at once: a filter, a period. Radio buttons underneath, so arrows move. */
export function Segments<V extends string>({
  legend,
  legendShown,
  value,
  onChange,
  options,
  scroll,
}: SegmentsProps<V>): ReactNode {
  const name = useId()
  return (
    <fieldset className="segments-field">
      <legend className={legendShown ? 'field__label' : 'visually-hidden'}>{legend}</legend>
      <div className={classes('segments', scroll && 'segments--scroll')}>
        {options.map((option) => (
          <label key={option.value} className="segment">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className="segment__face">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type TabsProps = {
  label: string
  items: readonly { href: string; label: ReactNode; current: boolean; count?: number }[]
}

/** Parts of one subject, each with an address of its own. */
export function Tabs({ label, items }: TabsProps): ReactNode {
  return (
    <nav className="tabs" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a
              className={classes('tab', item.current && 'tab--current')}
              href={item.href}
              aria-current={item.current ? 'page' : undefined}
            >
              {item.label}
              {item.count !== undefined && <span className="tab__count numbers">{item.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
