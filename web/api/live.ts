import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Endpoint } from '../../contracts/endpoint.ts'

const TOGETHER_MS = 400
const FIRST_PAUSE_MS = 3_000
const LONGEST_PAUSE_MS = 60_000

/** What the server tells: the type of the event and ids; never data. */
export type LiveEvent = { type: string; topics?: string[]; [id: string]: unknown }

/**
 * Keeps reads fresh while the page is open: when the server tells of a change in one of the topics (or that too much
 * was missed), the named reads are asked again, once for changes that come close together. `onEvent` hears each event.
 * A browser reconnects by itself with Last-Event-ID after a lost connection; after a refusal (a server that restarts) it
 * gives up, so we begin anew with growing pauses and read everything, since something may have been missed.
 */
export function useLive(
  topics: readonly string[],
  refreshes: readonly Endpoint[],
  onEvent?: (event: LiveEvent) => void,
): void {
  const client = useQueryClient()
  const hear = useRef(onEvent)
  hear.current = onEvent
  const address = topics.length > 0 ? `/api/v1/events?topics=${topics.join(',')}` : undefined
  const names = refreshes.map((r) => r.name).join(' ')
  useEffect(() => {
    if (!address || typeof EventSource === 'undefined') return
    const renew = together(() =>
      names.split(' ').forEach((name) => void client.invalidateQueries({ queryKey: [name] })),
    )
    const stop = listen(address, {
      onMessage: (data) => {
        renew.soon()
        const event = parse(data)
        if (event) hear.current?.(event)
      },
      onReturn: () => renew.soon(),
    })
    return () => {
      stop()
      renew.cancel()
    }
  }, [address, names, client])
}

/** Runs once for many calls within a moment. */
function together(run: () => void): { soon(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    soon: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        run()
      }, TOGETHER_MS)
    },
    cancel: () => clearTimeout(timer),
  }
}

function listen(address: string, on: { onMessage(data: string): void; onReturn(): void }): () => void {
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST_PAUSE_MS
  const open = (again: boolean) => {
    source = new EventSource(address)
    source.addEventListener('open', () => {
      pause = FIRST_PAUSE_MS
      if (again) on.onReturn()
      again = false
    })
    source.addEventListener('message', (message: MessageEvent<string>) => on.onMessage(message.data))
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return
      retry = setTimeout(() => open(true), pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    })
  }
  open(false)
  return () => {
    clearTimeout(retry)
    source.close()
  }
}

function parse(data: string): LiveEvent | undefined {
  try {
    return JSON.parse(data) as LiveEvent
  } catch {
    return undefined
  }
}
