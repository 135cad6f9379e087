import type { KeyboardEvent, ReactNode } from 'react'

const STOPS = ':is(a[href], button):is(.row--pressable, [data-stop])'

/** Moves the focus to another of the stops inside `area`; false when there is none that way. */
function step(area: Element, from: Element | null, by: 1 | -1): boolean {
  const stops = [...area.querySelectorAll<HTMLElement>(STOPS)]
  const here = stops.findIndex((stop) => stop === from)
  const next = here < 0 && by < 0 ? undefined : stops[here + by]
  next?.focus()
  return next !== undefined
}

/**
 * Lines that arrows walk through: lines that can be pressed, and anything marked `data-stop`. All of them stay in the
 * order of Tab, so nothing depends on knowing of the arrows. From a field inside, the down arrow goes to the first line.
 */
export function ArrowList({ children }: { children: ReactNode }): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const { key, target, currentTarget: area } = event
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return
    const from = (target as Element).closest(`${STOPS}, input`)
    if (!from || (from instanceof HTMLInputElement && from.type !== 'search')) return
    const moved = step(area, from, key === 'ArrowDown' ? 1 : -1)
    if (!moved && key === 'ArrowUp') area.querySelector<HTMLElement>('input[type=search]')?.focus()
    if (moved || key === 'ArrowUp') event.preventDefault()
  }
  // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only listens to keys of the links and buttons inside
  return <div onKeyDown={onKeyDown}>{children}</div>
}
