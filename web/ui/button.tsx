import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icons.tsx'

type Look = {
  /** primary: the one action of the page; quiet: any other; danger: takes something away; plain: looks like a link. */
  kind?: 'primary' | 'quiet' | 'danger' | 'plain' | undefined
  size?: 'usual' | 'large' | 'small' | undefined
  /** As wide as its place. */
  wide?: boolean | undefined
  icon?: IconName
}

type ButtonProps = Look &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
    /** The action is running: further presses do nothing, the width stays, readers hear `busyText`. */
    busy?: boolean
    busyText?: string
    ref?: Ref<HTMLButtonElement>
  }

const looks = ({ kind = 'quiet', size = 'usual', wide }: Pick<Look, 'kind' | 'size' | 'wide'>, busy = false) =>
  classes(
    'button',
    `button--${kind}`,
    size !== 'usual' && `button--${size}`,
    wide && 'button--wide',
    busy && 'button--busy',
  )

/** A button. While busy it stays in the order of focus, so that the keyboard does not lose its place. */
export function Button(props: ButtonProps): ReactNode {
  const { kind, size, wide, icon, busy = false, busyText = 'Выполняется…', children, onClick, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={looks({ kind, size, wide }, busy)}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      <span className="button__face">
        {icon && <Icon name={icon} size={22} />}
        {children}
      </span>
      {busy && (
        <output className="button__busy">
          <span className="spinner" aria-hidden="true" />
          <span className="visually-hidden">{busyText}</span>
        </output>
      )}
    </button>
  )
}

type ButtonLinkProps = Look & {
  href: string
  children: ReactNode
  /** Saves the file instead of opening it. */
  download?: boolean
  /** Opens in a new tab: for files that a browser shows. */
  newTab?: boolean
  /** For a link whose words alone do not say where it leads. */
  label?: string
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink(props: ButtonLinkProps): ReactNode {
  const { href, children, icon, download, newTab, label } = props
  return (
    <a
      href={href}
      className={looks(props)}
      aria-label={label}
      {...(download && { download: true })}
      {...(newTab && { target: '_blank', rel: 'noopener' })}
    >
      <span className="button__face">
        {icon && <Icon name={icon} size={22} />}
        {children}
      </span>
    </a>
  )
}
