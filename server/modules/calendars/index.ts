export type { CalendarPorts, CalendarSettings, ExternalSource, Failure, ReadCalendar, Reading } from './ports.ts'
export type { FeedVisit } from './feed-rules.ts'
export { noteFetch, openFeed, readFeed, type Feed, type OpenedFeed } from './read-feed.ts'
