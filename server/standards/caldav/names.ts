/** A name of an element or a property with its namespace. */
export type Name = { namespace: string; local: string }

export const DAV = 'DAV:'
export const CALDAV = 'urn:ietf:params:xml:ns:caldav'
/** Apple's extensions: `getctag` is asked for by nearly every program. */
export const CALENDARSERVER = 'http://calendarserver.org/ns/'

export const dav = (local: string): Name => ({ namespace: DAV, local })
export const caldav = (local: string): Name => ({ namespace: CALDAV, local })
export const calendarserver = (local: string): Name => ({ namespace: CALENDARSERVER, local })

/** A name as one word, for comparing. */
export const keyOf = ({ namespace, local }: Name): string => `{${namespace}}${local}`
