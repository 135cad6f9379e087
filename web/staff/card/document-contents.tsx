import type { ReactNode } from 'react'
import type { ConsultationDraft } from '../../../contracts/chart.ts'
import { diagnosisKind, severityWords, vitalsWords } from '../../domain/record-words.ts'
import { Card } from '../../ui/index.ts'

type Props = { record: ConsultationDraft; level: 2 | 3 }

/** A consultation as colleagues read it: in the order in which it was written, without empty sections. */
export function DocumentContents({ record, level }: Props): ReactNode {
  const vitals = vitalsWords(record.vitals)
    .map((pair) => pair.join(' '))
    .join(', ')
  const severity = record.severity && `Состояние: ${severityWords(record.severity).toLowerCase()}.`
  const Heading = level === 2 ? 'h3' : 'h4'
  const part = (title: string, ...content: (string | null | undefined)[]) => {
    const lines = content.filter((line): line is string => Boolean(line?.trim()))
    if (lines.length === 0) return null
    return (
      <section key={title} className="stack stack--tight">
        <Heading>{title}</Heading>
        {lines.map((line) => (
          <p key={line} className="as-typed">
            {line}
          </p>
        ))}
      </section>
    )
  }
  return (
    <Card>
      {part('Жалобы', record.complaints)}
      {part('Анамнез заболевания', record.anamnesis)}
      {part('Анамнез жизни', record.lifeAnamnesis)}
      {part('Объективно', severity, vitals, record.objective)}
      <section className="stack stack--tight">
        <Heading>{record.diagnoses.length > 1 ? 'Диагнозы' : 'Диагноз'}</Heading>
        <ul className="findings">
          {record.diagnoses.map((d) => (
            <li key={d.code}>
              <span className="strong numbers">{d.code}</span> {d.name}{' '}
              <span className="soft">— {diagnosisKind(d.kind)}</span>
              {d.note.trim() && <p className="as-typed">{d.note}</p>}
            </li>
          ))}
        </ul>
        {record.diagnosisNote.trim() && <p className="as-typed">{record.diagnosisNote}</p>}
      </section>
      <section className="stack stack--tight">
        <Heading>Услуги</Heading>
        <ul className="findings">
          {record.services.map((s) => (
            <li key={s.code}>
              <span className="strong numbers">{s.code}</span> {s.name}
              {s.quantity > 1 && ` × ${s.quantity}`}
            </li>
          ))}
        </ul>
      </section>
      {part('Назначения', record.prescriptions)}
      {part('Рекомендации', record.recommendations)}
    </Card>
  )
}
