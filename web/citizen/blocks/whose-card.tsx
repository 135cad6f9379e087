import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Charge } from '../../../contracts/patients.ts'
import { Segments } from '../../ui/index.ts'
import { useSession } from '../session.tsx'

/** A person in one word: «Я», or the name of the child. */
const label = (charge: Charge) => (charge.relation === 'self' ? 'Я' : charge.firstName)

/** «Чья карта»: only for those who act for somebody else too. `address` gives the same page for another person. */
export function WhoseCard({ address }: { address: (who: Charge) => string }): ReactNode {
  const { charges, who } = useSession()
  const [, navigate] = useLocation()
  if (charges.length < 2 || !who) return null
  return (
    <Segments
      legend="Чья карта"
      value={who.id}
      onChange={(id) => {
        const chosen = charges.find((charge) => charge.id === id)
        if (chosen) navigate(address(chosen))
      }}
      options={charges.map((charge) => ({ value: charge.id, label: label(charge) }))}
    />
  )
}
