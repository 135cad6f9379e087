import type { ReactNode } from 'react'
import { useSearch } from 'wouter'
import { ButtonLink, EmptyState, Page } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'
import { formerWords } from './former-charges.tsx'
import { LinkState } from './link-state.tsx'

/** Pages about a card need one: says why there is none and what to do, instead of the page. */
export function WithCard({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const { who, stranger, former } = useSession()
  const asked = new URLSearchParams(useSearch()).get('for')
  const past = former.find(({ id }) => id === asked)
  if (who) return children
  return (
    <Page title={title}>
      {stranger ? (
        <EmptyState
          icon="shield"
          title={past ? formerWords(past).title : 'Эта карта вам не открыта'}
          actions={
            <ButtonLink kind="primary" href={at.home()}>
              На главную
            </ButtonLink>
          }
        >
          <p>
            {past
              ? formerWords(past).text
              : 'Открыть можно свою карту и карты тех, кого вы законно представляете. Возможно, срок представительства истёк.'}
          </p>
        </EmptyState>
      ) : (
        <LinkState />
      )}
    </Page>
  )
}
