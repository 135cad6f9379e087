import type { ReactNode } from 'react'
import { Tabs } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'

/** The parts of the card: what happened, papers, and who has looked. */
export function CardTabs({ current }: { current: 'card' | 'documents' | 'whoLooked' }): ReactNode {
  const { who } = useSession()
  return (
    <Tabs
      label="Разделы карты"
      items={[
        { href: at.card(who), label: 'История', current: current === 'card' },
        { href: at.documents(who), label: 'Документы', current: current === 'documents' },
        { href: at.whoLooked(who), label: 'Кто смотрел', current: current === 'whoLooked' },
      ]}
    />
  )
}
