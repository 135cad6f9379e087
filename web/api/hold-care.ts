import { useEffect, useRef } from 'react'
import { extendHold, releaseHold, type Hold } from '../../contracts/booking.ts'
import { call, newActionKey, serverNow } from './call.ts'

/** A hold is prolonged by what a person does while less than this is left. */
const SHORT_MS = 150_000

/**
 * Prolongs the hold while somebody is at work on the page (types, presses, scrolls), so that nobody who reads slowly
 * loses their time; the server says how long at most. One who went away lets it run out.
 */
export function useExtension(hold: Hold | undefined, onExtended: (hold: Hold) => void): void {
  const asking = useRef(false)
  const tell = useRef(onExtended)
  useEffect(() => {
    tell.current = onExtended
  })
  useEffect(() => {
    if (!hold) return
    const atWork = async () => {
      const left = Date.parse(hold.expiresAt) - serverNow()
      if (asking.current || left > SHORT_MS || left <= 0) return
      asking.current = true
      const next = await prolong(hold)
      // When the longest is reached, asking again would change nothing.
      if (!next || next.expiresAt === hold.expiresAt) return
      asking.current = false
      tell.current(next)
    }
    const heard = () => void atWork()
    asking.current = false
    const signs = ['keydown', 'pointerdown', 'wheel'] as const
    for (const sign of signs) addEventListener(sign, heard, { passive: true })
    return () => {
      for (const sign of signs) removeEventListener(sign, heard)
    }
  }, [hold])
}

/**
 * Gives a hold back when the page is left or closed: the request outlives the page. `busy` tells that the hold is just
 * becoming a visit and must be left alone.
 */
export function useReleaseOnLeaving(hold: () => Hold | undefined, busy: () => boolean): void {
  const latest = useRef({ hold, busy })
  useEffect(() => {
    latest.current = { hold, busy }
  })
  useEffect(() => {
    const leave = () => {
      const held = latest.current.hold()
      if (held && !latest.current.busy()) void giveBack(held, true)
    }
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [])
}

/** A hold that cannot be given back runs out by itself in minutes, so failing is silent. */
export const giveBack = (hold: Hold, keepalive = false): Promise<unknown> =>
  call(releaseHold, {
    params: { holdId: hold.id },
    query: { patientId: hold.patientId },
    key: newActionKey(),
    ...(keepalive && { keepalive }),
  }).catch(() => undefined)

/** The hold with its new end; undefined when it could not be prolonged: it goes on as it is. */
const prolong = (hold: Hold): Promise<Hold | undefined> =>
  call(extendHold, { params: { holdId: hold.id }, body: { patientId: hold.patientId } }).catch(() => undefined)
