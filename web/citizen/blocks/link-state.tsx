import type { ReactNode } from 'react'
import { ButtonLink, Notice } from '../../ui/index.ts'
import { useSession, type Link } from '../session.tsx'
import { at } from '../addresses.ts'

type Words = { kind: 'info' | 'warning' | 'error'; title: string; text: string[] }

const reasons: Record<NonNullable<Link['reason']>, string> = {
  'snils-unknown': 'Человека с таким СНИЛС, как у вас на Госуслугах, в регистре пациентов пока нет.',
  'name-differs': 'СНИЛС найден, но имя на Госуслугах и в вашей карте записано по-разному.',
  'birth-date-differs': 'СНИЛС найден, но дата рождения на Госуслугах и в вашей карте записана по-разному.',
  'already-linked': 'Эта карта уже подключена к другой учётной записи.',
}

/** What has become of connecting one's own card, and what to do about it; undefined when it is connected. */
export function linkWords({ state, reason }: Link): Words | undefined {
  const why = reason ? [reasons[reason]] : []
  switch (state) {
    case 'linked':
      return undefined
    case 'untrusted':
      return {
        kind: 'warning',
        title: 'Подтвердите учётную запись на Госуслугах',
        text: [
          'Медицинскую карту можно открыть только тому, чья личность подтверждена.',
          'Подтвердить учётную запись можно бесплатно: в приложении вашего банка, в МФЦ или в центре обслуживания Госуслуг с паспортом и СНИЛС. Потом войдите сюда ещё раз.',
        ],
      }
    case 'waiting':
      return {
        kind: 'info',
        title: 'Подключаем вашу карту: заявка у регистратуры',
        text: [
          ...why,
          'Сотрудник сверит данные и подключит карту, обычно за один рабочий день. Ничего делать не нужно: карта откроется здесь сама.',
          'Нужно к врачу раньше — позвоните в регистратуру или придите с паспортом, полисом и СНИЛС.',
        ],
      }
    case 'refused':
      return {
        kind: 'error',
        title: 'Карту подключить не получилось',
        text: [
          ...why,
          'Придите в регистратуру вашей поликлиники с паспортом, полисом и СНИЛС: данные исправят на месте, и карта откроется здесь.',
        ],
      }
  }
}

/** The notice about one's own card, wherever it matters; nothing when the card is connected. */
export function LinkState(): ReactNode {
  const { link } = useSession()
  const words = linkWords(link)
  if (!words) return null
  return (
    <Notice
      kind={words.kind}
      title={words.title}
      actions={
        link.state === 'untrusted' && (
          <ButtonLink kind="primary" size="small" href={at.esia('/')}>
            Я подтвердил, войти ещё раз
          </ButtonLink>
        )
      }
    >
      {words.text.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Notice>
  )
}
