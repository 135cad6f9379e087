import type { CardAccess } from '../../../contracts/journal.ts'
import { dayOf } from '../../ui/index.ts'

/** What one person did with the card in one go. */
export type Look = Pick<CardAccess, 'actorName' | 'actorRole' | 'organizationName' | 'grounds' | 'outcome' | 'own'> & {
  key: string
  from: string
  until: string
  /** In the order they were done; the same thing done again only counts. */
  actions: { what: string; times: number }[]
}

/** Longer than this without an action is another time. */
const PAUSE_MS = 30 * 60_000

const sameHand = (look: Look, entry: CardAccess) =>
  look.own === entry.own &&
  look.actorName === entry.actorName &&
  look.actorRole === entry.actorRole &&
  look.organizationName === entry.organizationName &&
  look.grounds === entry.grounds &&
  look.outcome === entry.outcome

/**
 * The journal as a person reads it: a visit leaves a dozen rows (opened, saved, saved, signed), and they are one look of
 * one doctor. Rows come newest first and stay so; nothing is left out, only put together.
 */
export function looksOf(entries: readonly CardAccess[], zone: string): Look[] {
  const looks: Look[] = []
  for (const entry of entries) {
    const last = looks.at(-1)
    const near = last && Date.parse(last.from) - Date.parse(entry.at) <= PAUSE_MS
    if (last && near && sameHand(last, entry) && dayOf(last.from, zone) === dayOf(entry.at, zone)) {
      last.from = entry.at
      const known = last.actions.find((action) => action.what === entry.what)
      if (known) known.times++
      else last.actions.unshift({ what: entry.what, times: 1 })
    } else {
      const { actorName, actorRole, organizationName, grounds, outcome, own } = entry
      looks.push({
        actorName,
        actorRole,
        organizationName,
        grounds,
        outcome,
        own,
        key: entry.id,
        from: entry.at,
        until: entry.at,
        actions: [{ what: entry.what, times: 1 }],
      })
    }
  }
  return looks
}

/** Looks under the day they happened on. */
export function byDay(looks: readonly Look[], zone: string): [string, Look[]][] {
  const days = new Map<string, Look[]>()
  for (const look of looks) {
    const day = dayOf(look.until, zone)
    days.set(day, [...(days.get(day) ?? []), look])
  }
  return [...days]
}
