import type { ReactNode } from 'react'
import type { FormerCharge } from '../../../contracts/patients.ts'
import { dateWords, Notice } from '../../ui/index.ts'
import { useSession } from '../session.tsx'

/** Why one no longer acts for somebody, and who does now: it is the law's course and not a failure. */
export function formerWords({ firstName, why, from, note }: FormerCharge): { title: string; text: string } {
  if (why === 'grown-up')
    return {
      title: `${firstName}: уже есть 18 лет`,
      text: `С ${dateWords(from)} записываться и смотреть карту может только сам пациент: войдя через Госуслуги под своей учётной записью. Все записи к врачам сохранились.`,
    }
  return {
    title: `${firstName}: вы больше не представитель`,
    text: `${why === 'ended' ? 'Представительство прекращено' : 'Срок представительства закончился'} ${dateWords(from)}.${note ? ` Причина: ${note}.` : ''} Если это ошибка, придите в регистратуру с документом.`,
  }
}

/** On the first page: for whom one acted until lately, so that nobody looks for a card that is not open any more. */
export function FormerCharges(): ReactNode {
  const { former } = useSession()
  return former.map((charge) => {
    const { title, text } = formerWords(charge)
    return (
      <Notice key={charge.id} title={title}>
        <p>{text}</p>
      </Notice>
    )
  })
}
