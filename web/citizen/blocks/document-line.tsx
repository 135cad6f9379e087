import type { ReactNode } from 'react'
import type { DocumentRow } from '../../../contracts/documents.ts'
import { dateWords, dayOf, Row, shortName, useNow } from '../../ui/index.ts'
import { at } from '../addresses.ts'

/** A document in a list: what it is, when, by whom; leads to its page. */
export function DocumentLine({ patientId, document }: { patientId: string; document: DocumentRow }): ReactNode {
  const { timeZone, happenedAt, doctorName, organizationName, versionNumber } = document
  const thisYear = useNow().getFullYear()
  return (
    <Row
      icon="document"
      href={at.document(patientId, document.id)}
      title={document.title}
      about={
        <>
          {dateWords(dayOf(happenedAt, timeZone), thisYear)}, {shortName(doctorName)}
          <br />
          {organizationName}
          {versionNumber > 1 && `, исправленная версия ${versionNumber}`}
        </>
      }
    />
  )
}
