import { samePlan, type Plan } from './plan.ts'

/** Changed timetables by their ids; what is not changed is not in it. */
export type Draft = Readonly<Record<string, Plan>>

/** A draft with what can be undone and done again. */
export type History = { past: readonly Draft[]; now: Draft; future: readonly Draft[] }

/** So many steps can be undone. */
const STEPS = 200

export const begun = (now: Draft = {}): History => ({ past: [], now, future: [] })

/** The draft with other plans for these timetables; a plan that is the published one leaves it. */
export function withPlans(
  draft: Draft,
  plans: Readonly<Record<string, Plan>>,
  published: (id: string) => Plan | undefined,
): Draft {
  const all = { ...draft, ...plans }
  return Object.fromEntries(
    Object.entries(all).filter(([id, plan]) => {
      const before = published(id)
      return before === undefined || !samePlan(plan, before)
    }),
  )
}

/** One step on: what was undone before it cannot be done again. */
export const did = (history: History, next: Draft): History =>
  same(history.now, next) ? history : { past: [...history.past, history.now].slice(-STEPS), now: next, future: [] }

const same = (a: Draft, b: Draft): boolean => {
  const [x, y] = [Object.keys(a), Object.keys(b)]
  return x.length === y.length && x.every((id) => b[id] !== undefined && samePlan(a[id]!, b[id]))
}

export function undone({ past, now, future }: History): History {
  const last = past.at(-1)
  return last ? { past: past.slice(0, -1), now: last, future: [now, ...future] } : { past, now, future }
}

export function redone({ past, now, future }: History): History {
  const [next, ...rest] = future
  return next ? { past: [...past, now], now: next, future: rest } : { past, now, future }
}
