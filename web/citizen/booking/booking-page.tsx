import { useEffect, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useLive } from '../../api/index.ts'
import { listBookableOrganizations } from '../../../contracts/schedules.ts'
import { WithCard } from '../blocks/with-card.tsx'
import { useSession } from '../session.tsx'
import { bookingAddress, readBooking, stepOf } from './booking-state.ts'
import { ConfirmStep } from './confirm-step.tsx'
import { DoctorStep } from './doctor-step.tsx'
import { SpecialtyStep } from './specialty-step.tsx'
import type { StepProps } from './step-props.ts'
import { TimeStep } from './time-step.tsx'
import { offers, useHold } from './use-hold.ts'
import { WhereStep } from './where-step.tsx'

/** Booking in at most four steps and a confirmation. All that is chosen stands in the address. */
export default function BookingPage(): ReactNode {
  return (
    <WithCard title="Запись к врачу">
      <Booking />
    </WithCard>
  )
}

function Booking(): ReactNode {
  const { charges, who } = useSession()
  const [, navigate] = useLocation()
  const asked = readBooking(useSearch())
  const hold = useHold()
  // Nobody else to choose from: the question is not asked.
  const state = charges.length === 1 ? { ...asked, for: charges[0]!.id } : asked
  const patient = charges.find((charge) => charge.id === state.for) ?? who!
  const step = stepOf(state)
  useLive(state.org ? [`slots/${state.org}`] : [], [...offers, listBookableOrganizations])

  const { letGo } = hold
  useEffect(() => {
    // Away from the confirmation nothing stays held: the time is everybody's again.
    if (step !== 'confirm') letGo()
  }, [step, letGo])

  const go: StepProps['go'] = (next, options) => navigate(bookingAddress(next), options)
  const props: StepProps = { state, patient, go, hold }
  switch (step) {
    case 'where':
      return <WhereStep {...props} />
    case 'specialty':
      return <SpecialtyStep {...props} />
    case 'doctor':
      return <DoctorStep {...props} />
    case 'time':
      return <TimeStep {...props} />
    case 'confirm':
      return <ConfirmStep {...props} />
  }
}
