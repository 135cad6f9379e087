import type { ReactNode } from 'react'
import { ButtonLink, Notice, Page } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'
import { DocumentReading } from './document-reading.tsx'

type Props = { patientId: string; documentId: string }

/** A signed document on a page of its own; right after signing it says so and leads on. */
export default function DocumentPage({ patientId, documentId }: Props): ReactNode {
  const { me } = useSession()
  const fresh = (history.state as { signed?: unknown } | null)?.signed === documentId
  return (
    <Page title="Документ" back={{ href: at.documents(patientId), label: 'К документам пациента' }}>
      {fresh && (
        <Notice
          live
          kind="success"
          title="Документ подписан"
          actions={
            <>
              <ButtonLink kind="primary" size="small" href={at.day()}>
                К списку приёма
              </ButtonLink>
              <ButtonLink size="small" href={at.book(patientId, { ...(me.staffId && { doctor: me.staffId }) })}>
                Записать на повторный приём
              </ButtonLink>
            </>
          }
        >
          <p>Запись приёма закрыта. Пациент уже видит документ в своём кабинете.</p>
        </Notice>
      )}
      <DocumentReading patientId={patientId} documentId={documentId} />
    </Page>
  )
}
