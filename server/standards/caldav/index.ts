export { CALDAV, caldav, calendarserver, dav, keyOf, type Name } from './names.ts'
export { DavRefused, readPropfind, readReport, type Asked, type Report, type TimeRange } from './read-request.ts'
export { davElement, writeError, writeMultistatus, type Property, type Resource } from './write-reply.ts'
