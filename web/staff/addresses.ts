type Values = Record<string, string | undefined>

const query = (values: Values): string => {
  const search = new URLSearchParams(
    Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1])),
  ).toString()
  return search && `?${search}`
}

/**
 * Where each page is. Names of people never stand in an address: addresses stay in the history of a shared computer and
 * in logs. What is being searched for is kept in memory, what is handed from page to page in the state of the history.
 */
export const at = {
  home: () => '/staff/',
  day: (day?: string) => `/staff/day${query({ day })}`,
  visit: (patientId: string, visitId: string, section?: string) =>
    `/staff/visits/${patientId}/${visitId}${section ? `#${section}` : ''}`,
  signing: (patientId: string, visitId: string, documentId: string) =>
    `/staff/visits/${patientId}/${visitId}/signing/${documentId}`,
  patients: () => '/staff/patients',
  wards: () => '/staff/wards',
  categories: () => '/staff/categories',
  authorities: () => '/staff/authorities',
  newPatient: () => '/staff/patients/new',
  patient: (patientId: string) => `/staff/patients/${patientId}`,
  card: (patientId: string, filter: { kind?: string; period?: string } = {}) =>
    `/staff/patients/${patientId}/card${query(filter)}`,
  documents: (patientId: string) => `/staff/patients/${patientId}/documents`,
  document: (patientId: string, documentId: string) => `/staff/patients/${patientId}/documents/${documentId}`,
  book: (
    patientId: string,
    chosen: { org?: string; specialty?: string; doctor?: string; day?: string; moving?: string } = {},
  ) => `/staff/patients/${patientId}/book${query(chosen)}`,
  schedule: (shown: { day?: string | undefined; specialty?: string | undefined } = {}) =>
    `/staff/schedule${query(shown)}`,
  timetables: (staffId?: string) => `/staff/timetables${staffId ? `/${staffId}` : ''}`,
  weeks: (shown: { department?: string; batch?: string } = {}) => `/staff/timetables/weeks${query(shown)}`,
  publication: () => '/staff/timetables/publication',
  newTimetable: (staffId: string) => `/staff/timetables/${staffId}/new`,
  editTimetable: (staffId: string, scheduleId: string) => `/staff/timetables/${staffId}/${scheduleId}/edit`,
  timetableHistory: (staffId: string, scheduleId: string) => `/staff/timetables/${staffId}/${scheduleId}/history`,
  absences: () => '/staff/absences',
  newAbsence: () => '/staff/absences/new',
  holidays: () => '/staff/absences/calendar',
  /** The QR code of a ticket holds this very address with its token; see server/exchange/ticket. */
  tickets: (token?: string) => `/staff/tickets${token ? `/${token}` : ''}`,
  links: () => '/staff/links',
  rules: () => '/staff/rules',
  newRule: () => '/staff/rules/new',
  ruleTrial: () => '/staff/rules/trial',
  rule: (ruleId: string) => `/staff/rules/${ruleId}`,
  waiting: (specialty?: string) => `/staff/waiting${query({ specialty })}`,
  journal: (filter: Values = {}) => `/staff/journal${query(filter)}`,
  utilisation: (filter: Values = {}) => `/staff/utilisation${query(filter)}`,
  deliveries: (filter: Values = {}) => `/staff/deliveries${query(filter)}`,
  seals: () => '/staff/seals',
  calendars: () => '/staff/calendars',
  systems: () => '/staff/systems',
  system: (systemId: string) => `/staff/systems/${systemId}`,
  profile: () => '/staff/profile',
}

/** Addresses that belong to this app. */
export const isPage = (path: string): boolean => path === '/staff' || path.startsWith('/staff/')

const plainDate = /^\d{4}-\d{2}-\d{2}$/

/** The day an address asks for; what does not look like one is left out. */
export const dayIn = (search: URLSearchParams): string | undefined => {
  const day = search.get('day')
  return day && plainDate.test(day) ? day : undefined
}
