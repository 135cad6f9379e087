import type { Charge } from '../../../contracts/patients.ts'
import type { BookingState } from './booking-state.ts'
import type { useHold } from './use-hold.ts'

/** What every step is given: what is chosen, for whom, and how to choose further. */
export type StepProps = {
  state: BookingState
  patient: Charge
  go: (state: BookingState, options?: { replace?: boolean }) => void
  hold: ReturnType<typeof useHold>
}
