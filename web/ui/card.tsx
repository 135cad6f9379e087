import type { ReactNode } from 'react'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icons.tsx'

type CardProps = {
  title?: ReactNode
  /** Level of the heading in the page; 2 unless the card is inside a part with a heading of its own. */
  level?: 2 | 3
  /** Beside the heading: a link «все», a badge. */
  aside?: ReactNode
  children?: ReactNode
  /** brand: the one that matters most on the page. */
  kind?: 'plain' | 'brand'
}

/** A piece of the page that is one thing. */
export function Card({ title, level = 2, aside, children, kind = 'plain' }: CardProps): ReactNode {
  const Heading = `h${level}` as const
  return (
    <section className={classes('card', kind === 'brand' && 'card--brand')}>
      {title && (
        <div className="card__head">
          <Heading>{title}</Heading>
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}

/** A list of lines; each is a `Row`. */
export function Rows({ children, label }: { children: ReactNode; label?: string }): ReactNode {
  return (
    <ul className="rows" aria-label={label}>
      {children}
    </ul>
  )
}

type RowProps = {
  title: ReactNode
  about?: ReactNode
  /** On the right: a time, a number, a badge. */
  aside?: ReactNode
  icon?: IconName
  /** Opens something: the whole line is the link. */
  href?: string
  /** Chooses something: the whole line is the button. */
  onPress?: () => void
  busy?: boolean
  disabled?: boolean
  /** Under the words: actions of the line that is itself not pressed. */
  children?: ReactNode
}

/** A line of a list: words, what is on the right, and where it leads. */
export function Row({ title, about, aside, icon, href, onPress, busy, disabled, children }: RowProps): ReactNode {
  const face = (
    <>
      {icon && (
        <span className="row__icon">
          <Icon name={icon} />
        </span>
      )}
      <span className="row__words">
        <span className="row__title">{title}</span>
        {about && <span className="row__about">{about}</span>}
      </span>
      {aside && <span className="row__aside">{aside}</span>}
      {(href || onPress) && (busy ? <span className="spinner" aria-hidden="true" /> : <Icon name="next" size={20} />)}
    </>
  )
  return (
    <li className="row-place">
      {href ? (
        <a className="row row--pressable" href={href}>
          {face}
        </a>
      ) : onPress ? (
        <button
          type="button"
          className="row row--pressable"
          onClick={onPress}
          disabled={disabled}
          aria-busy={busy || undefined}
        >
          {face}
        </button>
      ) : (
        <div className="row">{face}</div>
      )}
      {children && <div className="row__more">{children}</div>}
    </li>
  )
}

type BadgeKind = 'plain' | 'info' | 'success' | 'warning' | 'error'

/** A state in a word or two. */
export function Badge({ kind = 'plain', children }: { kind?: BadgeKind; children: ReactNode }): ReactNode {
  return <span className={classes('badge', `badge--${kind}`)}>{children}</span>
}

/** Names and values, one under another on a phone, in two columns where there is room. Null values are left out. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode] | null | false)[] }): ReactNode {
  return (
    <dl className="facts">
      {items.map(
        (item) =>
          item &&
          item[1] !== null &&
          item[1] !== undefined && (
            <div key={item[0]} className="facts__pair">
              <dt>{item[0]}</dt>
              <dd>{item[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
