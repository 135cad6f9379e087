import * as contract from '../../../contracts/calendars.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { changeFeed, renewFeed, revokeFeed, showFeed } from './feeds.ts'
import type { CalendarPorts } from './ports.ts'

export const calendarRoutes = (ports: CalendarPorts): readonly Route[] => [
  serve(contract.showCalendarFeed, (work) => showFeed(work)),
  serve(contract.renewCalendarFeed, (work) => renewFeed(work, ports)),
  serve(contract.changeCalendarFeed, (work, { body }) => changeFeed(work, body.showsInitials)),
  serve(contract.revokeCalendarFeed, (work) => revokeFeed(work)),
]
