import * as contract from '../../../contracts/calendars.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { changeFeed, renewFeed, revokeFeed, showFeed } from './feeds.ts'
import { addExternal, listExternal, readNow, removeExternal } from './external-calendars.ts'
import type { CalendarSettings } from './ports.ts'

export const calendarRoutes = (settings: CalendarSettings): readonly Route[] => [
  serve(contract.showCalendarFeed, (work) => showFeed(work)),
  serve(contract.renewCalendarFeed, (work) => renewFeed(work, settings)),
  serve(contract.changeCalendarFeed, (work, { body }) => changeFeed(work, body.showsInitials)),
  serve(contract.revokeCalendarFeed, (work) => revokeFeed(work)),
  serve(contract.listExternalCalendars, (work) => listExternal(work)),
  serve(contract.addExternalCalendar, (work, { body }) => addExternal(work, settings, body)),
  serve(contract.readExternalCalendar, (work, { params }) => readNow(work, params.calendarId)),
  serve(contract.removeExternalCalendar, (work, { params }) => removeExternal(work, settings, params.calendarId)),
]
