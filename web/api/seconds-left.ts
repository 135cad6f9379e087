import { useEffect, useReducer } from 'react'
import { serverNow } from './call.ts'

/** Whole seconds until an instant of the server's clock (ISO 8601); counts down to 0, and is 0 without one. */
export function useSecondsLeft(until: string | undefined): number {
  const [, tick] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    if (!until) return
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [until])
  return until ? Math.max(0, Math.ceil((Date.parse(until) - serverNow()) / 1000)) : 0
}
