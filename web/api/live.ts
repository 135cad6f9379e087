import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Endpoint } from '../../contracts/endpoint.ts'

const TOGETHER_MS = 400
const FIRST_PAUSE_MS = 3_000
const LONGEST_PAUSE_MS = 60_000

/** What the server tells: the type of the event and ids; never data. */
export type LiveEvent = { type: string; topics?: string[]; [id: string]: unknown }

type Listener = { topics: readonly string[]; hear: (event: LiveEvent) => void; missed: () => void }

/**
 * Keeps reads fresh while the page is open: when the server tells of a change in one of the topics (or that too much
 * was missed), the named reads are asked again, once for changes that come close together. `onEvent` hears each event.
 */
export function useLive(
  topics: readonly string[],
  refreshes: readonly Endpoint[],
  onEvent?: (event: LiveEvent) => void,
): void {
  const client = useQueryClient()
  const hear = useRef(onEvent)
  useEffect(() => {
    hear.current = onEvent
  })
  const wanted = topics.join(',')
  const names = refreshes.map((r) => r.name).join(' ')
  useEffect(() => {
    if (!wanted || typeof EventSource === 'undefined') return
    const renew = together(() =>
      names.split(' ').forEach((name) => void client.invalidateQueries({ queryKey: [name] })),
    )
    const leave = join({
      topics: wanted.split(','),
      missed: renew.soon,
      hear: (event) => {
        renew.soon()
        hear.current?.(event)
      },
    })
    return () => {
      leave()
      renew.cancel()
    }
  }, [wanted, names, client])
}

/** Runs once for many calls within a moment. */
function together(run: () => void): { soon(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      run()
    }, TOGETHER_MS)
  }
  return { soon, cancel: () => clearTimeout(timer) }
}

const listeners = new Set<Listener>()
let stream: { address: string; close(): void } | undefined

/** Everybody on the page listens through one connection: a browser has few of them to a site. */
function join(listener: Listener): () => void {
  listeners.add(listener)
  rearrange.soon()
  return () => {
    listeners.delete(listener)
    rearrange.soon()
  }
}

/** Opens the connection anew when the topics have changed. The old one is closed once the new one hears: no gap. */
const rearrange = together(() => {
  const topics = [...new Set([...listeners].flatMap((l) => l.topics))].sort()
  const address = topics.length > 0 ? `/api/v1/events?topics=${topics.join(',')}` : ''
  if (address === (stream?.address ?? '')) return
  const old = stream
  stream = address ? { address, close: open(address, () => old?.close()) } : undefined
  if (!stream) old?.close()
})

const tell = (event: LiveEvent) => {
  for (const { topics, hear, missed } of listeners) {
    if (event.type === 'reset') missed()
    else if (event.topics?.some((topic) => topics.includes(topic))) hear(event)
  }
}

/**
 * A browser reconnects by itself with Last-Event-ID after a lost connection; after a refusal (a server that restarts) it
 * gives up, so we begin anew with growing pauses and read everything, since something may have been missed.
 */
function open(address: string, onFirst: () => void): () => void {
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST_PAUSE_MS
  const start = (again: boolean) => {
    source = new EventSource(address)
    source.addEventListener('open', () => {
      pause = FIRST_PAUSE_MS
      onFirst()
      if (again) listeners.forEach(({ missed }) => missed())
      again = false
    })
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const event = parse(data)
      if (event) tell(event)
    })
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return
      onFirst()
      retry = setTimeout(() => start(true), pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    })
  }
  start(false)
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
