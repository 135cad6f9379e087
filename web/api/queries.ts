import {
  MutationCache,
  onlineManager,
  QueryCache,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Endpoint, ReplyOf } from '../../contracts/endpoint.ts'
import { NotSignedIn } from '../../contracts/problems.ts'
import { call, newActionKey, Refusal, type CallInput } from './call.ts'

/**
 * One cache per app. A refusal is an answer and is not asked again; `call` has already retried a lost connection, and
 * what could not be read is read again when the network is back. `onSignedOut` hears that the session is over, from
 * whichever read or action found out first: the app leads to signing in and back.
 */
export function newQueryClient(options: { onSignedOut?: () => void } = {}): QueryClient {
  const hear = (error: unknown) => {
    if (error instanceof Refusal && error.problem.type === NotSignedIn.type) options.onSignedOut?.()
  }
  // The library believes the network is there until it is told; a page opened without one must hear of its return.
  onlineManager.setOnline(navigator.onLine)
  return new QueryClient({
    queryCache: new QueryCache({ onError: hear }),
    mutationCache: new MutationCache({ onError: hear }),
    defaultOptions: {
      // Asked even when the browser believes it is offline: it is often wrong, and a clear answer beats waiting.
      queries: { retry: false, staleTime: 10_000, networkMode: 'always', refetchOnReconnect: true },
      mutations: { networkMode: 'always' },
    },
  })
}

/** The cache key of a read: the operation's name and what was asked. */
export const queryKey = <E extends Endpoint>(endpoint: E, input?: Partial<CallInput<E>>): unknown[] =>
  input ? [endpoint.name, input] : [endpoint.name]

const OFFLINE_PAUSE_MS = 8_000

/** What failed for want of a network is asked again by itself: a browser's own word that it is back is not to be trusted. */
export const askAgainIn = (refusal: Refusal | null): number | undefined =>
  refusal?.problem?.status === 0 ? OFFLINE_PAUSE_MS : undefined

/**
 * Reads an endpoint and keeps the answer; `enabled: false` waits until the input is known; `every` (milliseconds, by what
 * again while the page is looked at, for what has no live updates.
 */
export function useRead<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: { enabled?: boolean; keepPrevious?: boolean; every?: (reply: ReplyOf<E>) => number | undefined } = {},
) {
  return useQuery<ReplyOf<E>, Refusal>({
    queryKey: queryKey(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, { ...input, signal }),
    enabled: options.enabled ?? true,
    refetchInterval: ({ state }) => askAgainIn(state.error) ?? (state.data && options.every?.(state.data)) ?? false,
    ...(options.keepPrevious && { placeholderData: (previous: unknown) => previous as never }),
  })
}

/**
 * An action of a person: `run(input)` (or `runAsync`, which answers or throws the Refusal) carries one idempotency key until it succeeds or is refused for good, so that a
 * double click or a repeated attempt after a lost connection is the same action. `refreshes` names the reads to renew.
 */
export function useAction<E extends Endpoint>(
  endpoint: E,
  options: { refreshes?: readonly Endpoint[]; onDone?: (reply: ReplyOf<E>) => void } = {},
) {
  const client = useQueryClient()
  const attempt = useRef<{ input: string; key: string } | undefined>(undefined)
  const running = useRef(new Map<string, Promise<ReplyOf<E>>>())
  const mutation = useMutation<ReplyOf<E>, Refusal, CallInput<E>>({
    mutationFn: (input) => {
      const text = JSON.stringify(input)
      if (attempt.current?.input !== text) attempt.current = { input: text, key: newActionKey() }
      return call(endpoint, { ...input, key: attempt.current.key })
    },
    onSuccess: async (reply) => {
      attempt.current = undefined
      options.onDone?.(reply)
      // Busy until what is shown is new, so that a line one has just removed cannot be pressed again.
      await Promise.all((options.refreshes ?? []).map((read) => client.invalidateQueries({ queryKey: [read.name] })))
    },
    onError: (refusal) => {
      if (refusal.problem?.status !== 0 && refusal.problem?.status !== 503) attempt.current = undefined
    },
  })
  const { mutateAsync } = mutation
  // A second press before the answer to the first joins it: not even a request is repeated.
  const runAsync = useCallback(
    (input: CallInput<E>): Promise<ReplyOf<E>> => {
      const text = JSON.stringify(input)
      const first = running.current.get(text)
      if (first) return first
      const answer = mutateAsync(input).finally(() => running.current.delete(text))
      running.current.set(text, answer)
      return answer
    },
    [mutateAsync],
  )
  const run = useCallback((input: CallInput<E>): void => void runAsync(input).catch(() => undefined), [runAsync])
  return {
    run,
    runAsync,
    busy: mutation.isPending,
    /** What was asked last: which of many lines is busy. */
    asked: mutation.variables,
    refusal: mutation.error ?? undefined,
    done: mutation.data,
    reset: mutation.reset,
  }
}
