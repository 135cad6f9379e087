export type { CalendarPorts } from './ports.ts'
export type { FeedVisit } from './feed-rules.ts'
export { noteFetch, openFeed, readFeed, type Feed, type OpenedFeed } from './read-feed.ts'
