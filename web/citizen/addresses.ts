import { bookingAddress, type BookingState } from './booking/booking-state.ts'

/** Where each page is. `who` is the person whose card is open; it stands in the address only when it is not one's own. */
type Who = { id: string; relation: string } | undefined

const query = (values: Record<string, string | undefined>): string => {
  const search = new URLSearchParams(
    Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1])),
  ).toString()
  return search && `?${search}`
}
const forWho = (who: Who) => (who && who.relation !== 'self' ? who.id : undefined)

export const at = {
  home: (who?: Who) => `/${query({ for: forWho(who) })}`,
  book: bookingAddress,
  /** Another time for a visit: the same booking, which ends by moving it. */
  moving: (visit: { id: string; patientId: string; organizationId: string; specialtyCode: string }) =>
    bookingAddress({
      for: visit.patientId,
      org: visit.organizationId,
      specialty: visit.specialtyCode,
      moving: visit.id,
    }),
  visits: (who?: Who) => `/visits${query({ for: forWho(who) })}`,
  ticket: (patientId: string, appointmentId: string) => `/visits/${patientId}/${appointmentId}`,
  waiting: (who?: Who) => `/waiting${query({ for: forWho(who) })}`,
  /** Joining the waiting list of what is chosen in a booking. */
  joinWaiting: (state: BookingState) => bookingAddress(state).replace('/book', '/waiting/join'),
  card: (who?: Who, filter: { kind?: string; period?: string } = {}) =>
    `/card${query({ for: forWho(who), kind: filter.kind, period: filter.period })}`,
  documents: (who?: Who, filter: { period?: string } = {}) =>
    `/documents${query({ for: forWho(who), period: filter.period })}`,
  document: (patientId: string, documentId: string) => `/documents/${patientId}/${documentId}`,
  whoLooked: (who?: Who, filter: { everyone?: boolean } = {}) =>
    `/who-looked${query({ for: forWho(who), everyone: filter.everyone ? 'yes' : undefined })}`,
  notifications: () => '/notifications',
  notificationSettings: () => '/profile#notifications',
  calendar: () => '/visits/calendar',
  profile: () => '/profile',
  signIn: (back?: string) => `/sign-in${query({ return: back === '/' ? undefined : back })}`,
  /** Госуслуги: leaves the app, and comes back to the given address. */
  esia: (back: string) => `/esia/sign-in${query({ return: back })}`,
}

/** Addresses that belong to this app and not to programs or to the staff's app. */
export const isPage = (path: string): boolean =>
  !/^\/(api|calendar|caldav|demo|esia|aas|rs|idp|staff|healthz|readyz|metrics)(\/|$)/.test(path) &&
  !/\.\w{2,12}$/.test(path)

/** Where to go after signing in: only a page of this app, never another site. */
export function safeReturn(address: string | null | undefined): string {
  if (!address || !/^\/(?![/\\])/.test(address)) return '/'
  const url = new URL(address, 'https://here.invalid')
  if (url.host !== 'here.invalid' || !isPage(url.pathname) || url.pathname === '/sign-in') return '/'
  return url.pathname + url.search
}
