import { useSyncExternalStore } from 'react'
import { NotSignedIn } from '../../contracts/problems.ts'
import { newQueryClient, Refusal } from '../api/index.ts'

type State = 'on' | 'over' | 'over, put aside'

let state: State = 'on'
const listeners = new Set<() => void>()
const set = (next: State) => {
  state = next
  listeners.forEach((listener) => listener())
}

/**
 * Whether the session has ended under an open page. The page stays as it is, with everything typed in it, and a dialog
 * over it asks to sign in again; the dialog may be put aside to read or copy what is there.
 */
export const sessionEnd = {
  happened: () => set('over'),
  putAside: () => set('over, put aside'),
  ask: () => set('over'),
  renewed: () => set('on'),
}

export const useSessionState = (): State =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => state,
  )

/** Hears of a failure outside the cache: if the session is over, says so, once. */
export function noticeSessionEnd(error: unknown): void {
  if (error instanceof Refusal && error.problem.type === NotSignedIn.type) noticeOnce()
}

const noticeOnce = () => {
  if (state === 'on') sessionEnd.happened()
}

/** The app's cache. Any read or action that finds the session over says so here. */
export const queryClient = newQueryClient({ onSignedOut: noticeOnce })
