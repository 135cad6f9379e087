import { useState, type ReactNode } from 'react'
import type { ConsultationDraft } from '../../../contracts/chart.ts'
import { severityOptions, type Severity } from '../../domain/record-words.ts'
import { Select, TextArea, TextInput } from '../../ui/index.ts'
import { bodyMassIndex, measures, readMeasure, type Measure, type MeasureTexts } from './measures.ts'
import { cleanText } from './records.ts'

type Props = {
  record: ConsultationDraft
  onChange: (next: Partial<ConsultationDraft>) => void
  /** The numbers as typed, also those that are none yet. */
  texts: MeasureTexts
  onTexts: (texts: MeasureTexts) => void
  /** Every number is judged, and not only those that were left. */
  judgeAll: boolean
  error: string | undefined
}

/** What the doctor sees and measures. */
export function ObjectiveSection({ record, onChange, texts, onTexts, judgeAll, error }: Props): ReactNode {
  const [left, setLeft] = useState<ReadonlySet<Measure>>(new Set())
  const index = bodyMassIndex(record.vitals)
  return (
    <>
      <Select
        label="Состояние"
        placeholder="Не указано"
        value={record.severity ?? ''}
        onChange={(value) => onChange({ severity: (value || null) as Severity | null })}
        options={severityOptions}
      />
      <fieldset className="vitals">
        <legend className="visually-hidden">Измерения</legend>
        {measures.map((spec) => {
          const { name, label, unit } = spec
          const flaw = readMeasure(texts[name], spec).error
          return (
            <TextInput
              key={name}
              label={
                <>
                  {label}, <span className="soft nowrap">{unit}</span>
                </>
              }
              inputMode="decimal"
              autoComplete="off"
              value={texts[name]}
              onChange={(text) => {
                onTexts({ ...texts, [name]: text })
                onChange({ vitals: { ...record.vitals, [name]: readMeasure(text, spec).value } })
              }}
              onBlur={() => setLeft((before) => new Set(before).add(name))}
              error={judgeAll || left.has(name) ? flaw : undefined}
            />
          )
        })}
        {index && <p className="vitals__index soft">Индекс массы тела {index}</p>}
      </fieldset>
      <TextArea
        label="Осмотр"
        maxLength={20_000}
        value={record.objective}
        onChange={(text) => onChange({ objective: cleanText(text) })}
        error={error}
      />
    </>
  )
}
