import { useEffect, useRef, type ReactNode } from 'react'
import { LiveRegion } from './announce.tsx'
import { classes } from './class-names.ts'
import { Icon, Mark, type IconName } from './icons.tsx'
import { UndoToast } from './toast.tsx'

export type NavItem = {
  href: string
  label: string
  icon: IconName
  current: boolean
  /** Keys that open it, as a hint where there is a keyboard: 'Alt+1'. The app listens to them itself. */
  keys?: string
}

type ShellProps = {
  /** Where the mark leads. */
  home: string
  /** Beside the mark: the name of the app. */
  name: string
  nav?: readonly NavItem[]
  /**
   * Where the navigation stands on wide screens: in the header, or as a column at the side. On phones it is at the
   * bottom, under the thumb, in both cases.
   */
  navAt?: 'top' | 'side'
  /** On the right of the header: who is signed in. */
  aside?: ReactNode
  /** How wide the content may get: lines of text, or tables and grids. */
  width?: 'reading' | 'wide'
  /** The installation is a demonstration: every page says so. */
  demo?: boolean
  footer?: ReactNode
  children: ReactNode
}

/** What stands around every page: skip link, banner of the demo, header, navigation, place of messages. */
export function Shell(props: ShellProps): ReactNode {
  const { home, name, nav = [], navAt = 'top', aside, width = 'reading', demo, footer, children } = props
  return (
    <div className={classes('shell', `shell--${navAt}`, `shell--${width}`, nav.length > 0 && 'shell--nav')}>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        К содержанию
      </a>
      {demo && <DemoBanner />}
      <header className="header no-print">
        <div className="header__inner">
          <a className="header__home" href={home}>
            <Mark />
            <span className="header__name">
              <span className="header__short">РМИС</span>
              <span className="header__long">{name}</span>
            </span>
          </a>
          {aside && <div className="header__aside">{aside}</div>}
        </div>
      </header>
      {nav.length > 0 && <Navigation items={nav} />}
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
      {footer && <footer className="footer no-print">{footer}</footer>}
      <UndoToast />
      <LiveRegion />
    </div>
  )
}

/** So many labels share the width of a telephone. */
const FIT_A_PHONE = 5

function Navigation({ items }: { items: readonly NavItem[] }): ReactNode {
  const here = items.findIndex((item) => item.current)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const row = list.current
    const link = row?.children[here] as HTMLElement | undefined
    // Not scrollIntoView: that would move the page as well.
    if (row && link) row.scrollLeft = link.offsetLeft - (row.clientWidth - link.clientWidth) / 2
  }, [here])
  return (
    <nav className={classes('nav', 'no-print', items.length > FIT_A_PHONE && 'nav--many')} aria-label="Разделы">
      <ul className="nav__list" ref={list}>
        {items.map((item) => (
          <li key={item.href}>
            <a
              className="nav__link"
              href={item.href}
              aria-current={item.current ? 'page' : undefined}
              aria-keyshortcuts={item.keys}
            >
              <Icon name={item.icon} />
              <span>{item.label}</span>
              {item.keys && (
                <span className="nav__keys" aria-hidden="true">
                  {item.keys}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Nobody may take made-up people for real ones. */
function DemoBanner(): ReactNode {
  return (
    <aside className="demo-banner" aria-label="Демонстрация">
      <p>Демонстрация: все люди вымышлены</p>
    </aside>
  )
}
