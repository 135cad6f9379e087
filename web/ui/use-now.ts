import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/**
 * The time now, for words like «завтра»; renewed every minute and when one comes back to the page, so that a page left
 * open over midnight does not call yesterday today.
 */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const renew = () => setNow(new Date())
    const timer = setInterval(renew, MINUTE_MS)
    document.addEventListener('visibilitychange', renew)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', renew)
    }
  }, [])
  return now
}
