import { AlreadyBooked } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import { isHold, type visitInTheWay } from './rules.ts'

/** The refusal that names the visit in the way; a hold in the way is said to be one. */
export function refusalBy({ visit, rule }: NonNullable<ReturnType<typeof visitInTheWay>>): Problem {
  const held =
    rule === AlreadyBooked
      ? 'К врачу этой специальности уже выбрано время в другом окне: подтвердите его или откажитесь от него.'
      : 'На это время уже выбран другой приём, и его ещё подтверждают.'
  return new Problem(rule, {
    ...(isHold(visit) && { detail: held }),
    appointmentId: visit.id,
    startsAt: visit.startsAt.toISOString(),
  })
}
