import type { ReactNode } from 'react'
import { ButtonLink, Card, dateWords, dayOf, useNow } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import type { Happening } from '../../domain/timeline.ts'

/** A visit in the card: when, with whom, what was found in plain words, and the document of it. */
export function HappeningCard({ happening, patientId }: { happening: Happening; patientId: string }): ReactNode {
  const { title, diagnoses, services, measurements, others, documentId, doctorName, organizationName } = happening
  const day = dayOf(happening.at, happening.timeZone)
  const thisYear = useNow().getFullYear()
  return (
    <Card level={2} title={title} aside={<span className="soft nowrap">{dateWords(day, thisYear)}</span>}>
      <p className="soft small">{[doctorName, organizationName].filter(Boolean).join(', ')}</p>
      {diagnoses.length > 0 && (
        <ul className="findings">
          {diagnoses.map((diagnosis) => (
            <li key={diagnosis.id}>
              <p className="strong">{diagnosis.title}</p>
              {diagnosis.plain && <p>{diagnosis.plain}</p>}
              {diagnosis.code && <p className="soft small">Код МКБ-10: {diagnosis.code}</p>}
            </li>
          ))}
        </ul>
      )}
      <Part title="Измерили" words={measurements.map((m) => m.title)} />
      <Part title="Сделали" words={services.map((s) => s.title)} />
      <Part title="Ещё" words={others.filter((o) => o.title !== title).map((o) => o.title)} />
      {documentId && (
        <div>
          <ButtonLink
            size="small"
            icon="document"
            href={at.document(patientId, documentId)}
            label={`Заключение врача, ${title}, ${dateWords(day)}`}
          >
            Заключение врача
          </ButtonLink>
        </div>
      )}
    </Card>
  )
}

/** A number and its unit stay in one line. */
const withUnits = (text: string) => text.replace(/(\d) (?=\S)/g, '$1\u00a0')

function Part({ title, words }: { title: string; words: string[] }): ReactNode {
  if (words.length === 0) return null
  return (
    <div>
      <p className="soft small">{title}</p>
      <p>{words.map(withUnits).join('; ')}</p>
    </div>
  )
}
