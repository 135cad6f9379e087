import { useEffect, useState, useSyncExternalStore } from 'react'
import { emptyConsultation, saveDraft, showVisit, type Visit } from '../../../contracts/chart.ts'
import { call, queryKey } from '../../api/index.ts'
import { noticeSessionEnd, queryClient, useSessionState } from '../query-client.ts'
import { useSession } from '../session.tsx'
import { DraftKeeper } from './draft-keeper.ts'
import { localDrafts } from './local-drafts.ts'

/** The record of a visit that is being written, kept saved; see DraftKeeper. Begins with what was left on this device. */
export function useDraft(visit: Visit): DraftKeeper {
  const { me } = useSession()
  const session = useSessionState()
  const [keeper] = useState(() => open(visit, me.accountId))
  useSyncExternalStore(keeper.subscribe, () => keeper.revision)
  useEffect(() => {
    const retry = () => keeper.retry()
    addEventListener('online', retry)
    return () => removeEventListener('online', retry)
  }, [keeper])
  useEffect(() => {
    if (session === 'on') keeper.retry()
  }, [session, keeper])
  useEffect(() => {
    const save = () => void (document.visibilityState === 'hidden' && keeper.state.kind === 'changed' && keeper.flush())
    document.addEventListener('visibilitychange', save)
    return () => {
      document.removeEventListener('visibilitychange', save)
      if (keeper.state.kind === 'changed') void keeper.flush()
    }
  }, [keeper])
  return keeper
}

function open(visit: Visit, accountId: string): DraftKeeper {
  const params = { patientId: visit.patientId, visitId: visit.id }
  const local = localDrafts(localStorage, accountId, visit.id)
  const server = visit.draft ?? undefined
  const keeper = new DraftKeeper(
    {
      save: async (version, draft, key) => {
        const saved = await call(saveDraft, { params, body: { version, draft }, key }).catch((error: unknown) => {
          noticeSessionEnd(error)
          throw error
        })
        // Whoever comes back to this page begins with what was saved last.
        queryClient.setQueryData<Visit>(queryKey(showVisit, { params }), (known) =>
          known ? { ...known, draft: { ...saved, body: draft } } : known,
        )
        return saved
      },
      keep: (base, body) => local.keep(base, body, Date.now()),
      forget: () => local.forget(),
      later: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    },
    { version: server?.version ?? 0, savedAt: server?.savedAt, body: server?.body ?? emptyConsultation },
  )
  const left = local.read()
  if (left) keeper.takeUp(left, server)
  return keeper
}
