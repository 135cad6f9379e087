import type { ReactNode } from 'react'
import { Kbd } from '../../ui/index.ts'

/** Keys as a hint beside what they do; not shown where there is no keyboard. */
export function Keys({ of: keys }: { of: string }): ReactNode {
  return (
    <span className="keys" aria-hidden="true">
      {keys.split('+').map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  )
}
