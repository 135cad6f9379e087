import type { ReactNode } from 'react'
import { Page } from '../../ui/index.ts'
import { OwnFeed } from './own-feed.tsx'

/** Calendars outside: one's own appointments there. */
export default function CalendarsPage(): ReactNode {
  return (
    <Page title="Календари">
      <OwnFeed />
    </Page>
  )
}
