import { useEffect, useRef, type ReactNode } from 'react'

let arrived = false
let cameBack = false
if (typeof window !== 'undefined') {
  addEventListener('popstate', () => (cameBack = true))
  // The router's own event: a page opened by a link is new, whatever happened before.
  addEventListener('pushState', () => (cameBack = false))
}

type PageProps = {
  /** The heading, and the title of the browser's tab. */
  title: string
  /** Said before the heading in the tab only, when the heading alone would not tell pages apart. */
  tabTitle?: string
  /** Under the heading: one sentence about the page. */
  lead?: ReactNode
  /** Above the heading: where «back» leads, with words that say where. */
  back?: { href: string; label: string } | undefined
  /** Beside the heading: the actions of the page. */
  actions?: ReactNode
  children?: ReactNode
}

/**
 * A page with one heading. When it comes after another page, the heading gets the focus, so that a reader says where
 * one is, and the view goes to the top; a step back in history keeps the place where one was. A page that begins with a
 * field to type in has taken the focus there already, and keeps it.
 */
export function Page({ title, tabTitle, lead, back, actions, children }: PageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${tabTitle ?? title} — РМИС`
  }, [title, tabTitle])
  useEffect(() => {
    if (arrived) {
      const page = heading.current?.closest('.page')
      if (!page?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true })
      if (!cameBack) scrollTo(0, 0)
    }
    arrived = true
    cameBack = false
  }, [])
  return (
    <div className="page">
      <div className="page__head">
        <div className="page__words">
          {back && (
            <a className="page__back" href={back.href}>
              <span aria-hidden="true">←</span> {back.label}
            </a>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className="page__lead">{lead}</div>}
        </div>
        {actions && <div className="page__actions cluster no-print">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
