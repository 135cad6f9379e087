import type { ReactNode } from 'react'
import { ButtonLink, EmptyState, Page } from '../../ui/index.ts'
import { at } from '../addresses.ts'

/** No page at this address. */
export default function NotFoundPage(): ReactNode {
  return (
    <Page title="Такой страницы нет">
      <EmptyState
        icon="search"
        title="Возможно, ссылка устарела или в адресе опечатка"
        actions={
          <>
            <ButtonLink kind="primary" href={at.home()}>
              На главную
            </ButtonLink>
            <ButtonLink href={at.visits()}>Мои записи</ButtonLink>
          </>
        }
      />
    </Page>
  )
}
