import type { DayOffer, DoctorOffer, FreeSlot, SpecialtyOffer } from '../../../contracts/schedules.ts'
import { addDays, capital, count, momentWords, timeWords } from '../../ui/index.ts'

/** A time of day; when any doctor will do, several may have it. */
export type Time = { time: string; slots: FreeSlot[] }

/** Free times of one day, each time of the clock once, in order. */
export function timesOf(slots: readonly FreeSlot[], zone: string): Time[] {
  const times = new Map<string, Time>()
  for (const slot of slots.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const time = timeWords(slot.startsAt, zone)
    const known = times.get(time)
    if (known) known.slots.push(slot)
    else times.set(time, { time, slots: [slot] })
  }
  return [...times.values()]
}

/** Days from today to the last one with places, at most three weeks: those without places are shown as such. */
export function daysToShow(days: readonly DayOffer[], today: string): DayOffer[] {
  const free = new Map(days.map((d) => [d.day, d.freeSlots]))
  const last =
    days
      .filter((d) => d.freeSlots > 0)
      .map((d) => d.day)
      .sort()
      .at(-1) ?? today
  const shown: DayOffer[] = []
  for (let day = today; day <= last && shown.length < 21; day = addDays(day, 1))
    shown.push({ day, freeSlots: free.get(day) ?? 0 })
  return shown
}

/** The day to begin with: the one asked for while it has places, else the first that has. */
export const dayToShow = (days: readonly DayOffer[], asked: string | undefined): string | undefined =>
  days.find((d) => d.day === asked && d.freeSlots > 0)?.day ?? days.find((d) => d.freeSlots > 0)?.day

const nearestWords = (nearest: string | null, zone: string): string =>
  nearest ? momentWords(nearest, zone) : 'мест нет'

/** «Терапевт — завтра, пт 27 ноября, 09:15» in a list of specialties; those without places come last. */
export const specialtyOptions = (offers: readonly SpecialtyOffer[], zone: string) =>
  offers
    .toSorted((a, b) => Number(a.freeSlots === 0) - Number(b.freeSlots === 0))
    .map((offer) => ({ value: offer.code, label: `${offer.title} — ${nearestWords(offer.nearest, zone)}` }))

/** Doctors, and before them «any» with the soonest place of all. */
export function doctorOptions(doctors: readonly DoctorOffer[], zone: string) {
  const soonest = doctors.flatMap((d) => d.nearest ?? []).sort()[0] ?? null
  const each = doctors.map((d) => ({ value: d.staffId, label: `${d.name} — ${nearestWords(d.nearest, zone)}` }))
  return [{ value: 'any', label: `Любой врач — ${nearestWords(soonest, zone)}` }, ...each]
}

export const placesWords = (n: number): string => (n === 0 ? 'нет мест' : count(n, ['место', 'места', 'мест']))

/** Whose time it is, under the time itself: the doctor's last name, or how many doctors have it. */
export const whoseTime = ({ slots }: Time): string =>
  slots.length === 1 ? capital(slots[0]!.doctorName.split(/\s/)[0]!) : count(slots.length, ['врач', 'врача', 'врачей'])
