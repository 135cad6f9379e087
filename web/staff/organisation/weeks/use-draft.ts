import { useEffect, useMemo, useState } from 'react'
import type { TimetableState } from '../../../../contracts/schedules.ts'
import { announce, showToast } from '../../../ui/index.ts'
import { useSession } from '../../session.tsx'
import { begun, did, redone, undone, withPlans, type History } from './draft.ts'
import { keptDraft } from './kept-draft.ts'
import { flawOf, type Plan } from './plan.ts'

const planOf = ({ schedule }: TimetableState): Plan => ({
  hours: schedule.hours,
  daysOff: schedule.daysOff,
  cycle: schedule.cycle,
})

/** The draft as this device has it; every step of it is written down at once. */
function useKept(departmentId: string) {
  const { me } = useSession()
  const kept = useMemo(() => keptDraft(localStorage, me.accountId, departmentId), [me.accountId, departmentId])
  const [first] = useState(() => kept.read())
  const [history, setHistory] = useState<History>(() => begun(first?.draft))
  const [versions, setVersions] = useState<Readonly<Record<string, number>>>(() => first?.versions ?? {})
  useEffect(() => kept.keep({ draft: history.now, versions }, Date.now()), [kept, history.now, versions])
  return { history, setHistory, versions, setVersions }
}

/** A department's draft: what is changed, undone and done again; kept in the browser until it is published. */
export function useDraft(departmentId: string, timetables: readonly TimetableState[]) {
  const { history, setHistory, versions, setVersions } = useKept(departmentId)
  const byId = useMemo(() => new Map(timetables.map((t) => [t.schedule.id, t])), [timetables])
  const published = useMemo(() => new Map(timetables.map((t) => [t.schedule.id, planOf(t)])), [timetables])
  const draft = useMemo(
    // What has been published meanwhile, on the page of its edit or by somebody else, is no change any more.
    () =>
      withPlans({}, Object.fromEntries(Object.entries(history.now).filter(([id]) => byId.has(id))), (id) =>
        published.get(id),
      ),
    [history.now, byId, published],
  )

  const planFor = (id: string): Plan => draft[id] ?? published.get(id)!
  /** Takes plans as one step; refused whole when one of them cannot be. Answers whether it was taken. */
  const change = (plans: Readonly<Record<string, Plan>>): boolean => {
    for (const [id, plan] of Object.entries(plans)) {
      const flaw = flawOf(plan, byId.get(id)!.schedule)
      if (flaw === undefined) continue
      showToast({ text: flaw })
      return false
    }
    const begin = Object.keys(plans).filter((id) => history.now[id] === undefined)
    if (begin.length > 0)
      setVersions({ ...versions, ...Object.fromEntries(begin.map((id) => [id, byId.get(id)!.version])) })
    setHistory(
      did(
        history,
        withPlans(history.now, plans, (id) => published.get(id)),
      ),
    )
    return true
  }
  const step = (to: (h: History) => History, words: string) => () => {
    setHistory(to(history))
    announce(words)
  }
  return {
    draft,
    planFor,
    change,
    versions,
    undo: history.past.length > 0 ? step(undone, 'Отменено') : undefined,
    redo: history.future.length > 0 ? step(redone, 'Возвращено') : undefined,
    /** Timetables that somebody has published otherwise since the draft was begun. */
    stale: Object.keys(draft).filter((id) => versions[id] !== byId.get(id)!.version),
    /** These are as published again: they went through, or one gives one's own up. */
    settle: (ids: readonly string[]) => {
      const left = Object.fromEntries(Object.entries(history.now).filter(([id]) => !ids.includes(id)))
      setHistory(begun(left))
    },
    discard: () => setHistory(did(history, {})),
  }
}
export type DraftHandle = ReturnType<typeof useDraft>
