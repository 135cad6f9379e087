import { useEffect, useState } from 'react'

/** The value as it was once it stopped changing for `ms` milliseconds: asking at every key would be dear. */
export function useDebounced<T>(value: T, ms = 250): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
