/**
 * What has been chosen so far, all of it in the address: so «back», a reload and a link sent to oneself work. `doctor`
 * is a doctor's id or 'any'; `slot` is the chosen time and `with` the doctor who has it; `moving` is the visit that the
 * new time will replace.
 */
export type BookingState = {
  for?: string | undefined
  org?: string | undefined
  /** What one comes for; it narrows the specialties. */
  category?: string | undefined
  specialty?: string | undefined
  doctor?: string | undefined
  day?: string | undefined
  slot?: string | undefined
  with?: string | undefined
  moving?: string | undefined
}

export type Step = 'where' | 'specialty' | 'doctor' | 'time' | 'confirm'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const shapes: Record<keyof BookingState, RegExp> = {
  for: uuid,
  org: uuid,
  category: uuid,
  specialty: /^[\w.-]{1,40}$/,
  doctor: /^(any|[0-9a-f-]{36})$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  slot: /^[0-9a-f-]{36}~[0-9a-f-]{36}~\d{9,11}~\d{1,4}$/,
  with: uuid,
  moving: uuid,
}
const names = Object.keys(shapes) as (keyof BookingState)[]

/** Each of these choices needs the ones before it; the last needs to know for whom, too. */
const chain = ['org', 'specialty', 'doctor', 'slot'] as const

/**
 * Reads the address. What does not look right is left out, and so is every choice after a missing one: a mangled link
 * leads to the step where it can be mended.
 */
export function readBooking(search: string): BookingState {
  const given = new URLSearchParams(search)
  const state: BookingState = {}
  for (const name of names) {
    const value = given.get(name)
    if (value !== null && shapes[name].test(value)) state[name] = value
  }
  const gap = chain.findIndex((name) => state[name] === undefined)
  if (gap >= 0) for (const name of chain.slice(gap + 1)) delete state[name]
  if (!state.org) delete state.category
  if (!state.for) delete state.slot
  if (!state.slot) delete state.with
  return state
}

/** The address of a state. */
export function bookingAddress(state: BookingState = {}): string {
  const search = new URLSearchParams()
  for (const name of names) {
    const value = state[name]
    if (value !== undefined && value !== '') search.set(name, value)
  }
  const text = search.toString()
  return text ? `/book?${text}` : '/book'
}

/** The step a state is at: the first choice that is still to be made. */
export function stepOf(state: BookingState): Step {
  if (!state.for || !state.org) return 'where'
  if (!state.specialty) return 'specialty'
  if (!state.doctor) return 'doctor'
  return state.slot ? 'confirm' : 'time'
}

/** The state one step back; undefined at the first one. A move begins at the choice of a doctor. */
export function stepBack(state: BookingState): BookingState | undefined {
  switch (stepOf(state)) {
    case 'confirm':
      return { ...state, slot: undefined, with: undefined }
    case 'time':
      return { ...state, doctor: undefined, day: undefined }
    case 'doctor':
      return state.moving ? undefined : { ...state, specialty: undefined }
    case 'specialty':
      return state.category ? { ...state, category: undefined } : { ...state, org: undefined }
    case 'where':
      return undefined
  }
}

const order: Step[] = ['where', 'specialty', 'doctor', 'time']

/** «Шаг 2 из 4»; undefined for the confirmation, which is no choice. A move has two: the doctor and the time. */
export function stepNumber(state: BookingState): { number: number; of: number } | undefined {
  const index = order.indexOf(stepOf(state))
  if (index < 0) return undefined
  return state.moving ? { number: index - 1, of: 2 } : { number: index + 1, of: order.length }
}
