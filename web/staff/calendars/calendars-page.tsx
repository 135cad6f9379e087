import type { ReactNode } from 'react'
import { Page } from '../../ui/index.ts'
import { NoWorkplace } from '../organisation/no-workplace.tsx'
import { useSession } from '../session.tsx'
import { ExternalCalendars } from './external-calendars.tsx'
import { OwnFeed } from './own-feed.tsx'

/** Calendars outside: one's own appointments there, and when doctors are busy by theirs. */
export default function CalendarsPage(): ReactNode {
  const { me } = useSession()
  if (me.organizationId === null) return <NoWorkplace title="Календари" />
  return (
    <Page title="Календари">
      {me.role === 'doctor' && <OwnFeed />}
      <ExternalCalendars />
    </Page>
  )
}
