import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Endpoint } from '../../contracts/endpoint.ts'

/**
 * Keeps reads fresh while the page is open: when the server tells of a change in one of the topics (or that too much
 * was missed), the named reads are asked again. The browser reconnects by itself with Last-Event-ID.
 */
export function useLive(topics: readonly string[], refreshes: readonly Endpoint[]): void {
  const client = useQueryClient()
  const address = topics.length > 0 ? `/api/v1/events?topics=${topics.join(',')}` : undefined
  const names = refreshes.map((r) => r.name).join(' ')
  useEffect(() => {
    if (!address || typeof EventSource === 'undefined') return
    const source = new EventSource(address)
    const refresh = () => names.split(' ').forEach((name) => void client.invalidateQueries({ queryKey: [name] }))
    source.addEventListener('message', refresh)
    return () => source.close()
  }, [address, names, client])
}
