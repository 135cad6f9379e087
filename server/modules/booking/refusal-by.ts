import { AlreadyBooked } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import { isHold, type visitInTheWay } from './rules.ts'

/** The refusal that names what stands in the way: the appointment, or a time that is still being confirmed. */
export function refusalBy({ visit, rule }: NonNullable<ReturnType<typeof visitInTheWay>>): Problem {
  const startsAt = visit.startsAt.toISOString()
  if (!isHold(visit)) return new Problem(rule, { appointmentId: visit.id, startsAt })
  return new Problem(rule, {
    detail:
      rule === AlreadyBooked
        ? 'Время у врача этой специальности уже выбрано и ждёт подтверждения.'
        : 'На это время уже выбран другой приём, он ждёт подтверждения.',
    advice: 'Подтвердите его, или подождите несколько минут: без подтверждения выбор сам снимется.',
    startsAt,
  })
}
