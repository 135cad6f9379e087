import type { ReactNode } from 'react'
import type { ConsultationDraft } from '../../../contracts/chart.ts'
import { directories } from '../../../contracts/terminology.ts'
import { Icon, Select, showToast, TextInput } from '../../ui/index.ts'
import { ConceptSearch } from './concept-search.tsx'
import { cleanText, withDiagnosis, withKind, type Diagnosis } from './records.ts'

type Props = {
  diagnoses: ConsultationDraft['diagnoses']
  onChange: (diagnoses: Diagnosis[]) => void
  error: string | undefined
}

const kinds = [
  { value: 'main', label: 'Основной' },
  { value: 'complication', label: 'Осложнение' },
  { value: 'concomitant', label: 'Сопутствующий' },
]

/** Diagnoses by МКБ-10: the first one added is the main one. */
export function DiagnosesSection({ diagnoses, onChange, error }: Props): ReactNode {
  const set = (code: string, next: Partial<Diagnosis>) =>
    onChange(diagnoses.map((d) => (d.code === code ? { ...d, ...next } : d)))
  const remove = (diagnosis: Diagnosis) => {
    const before = [...diagnoses]
    onChange(diagnoses.filter((d) => d !== diagnosis))
    showToast({ text: `Убран диагноз ${diagnosis.code}`, action: { label: 'Вернуть', run: () => onChange(before) } })
  }
  return (
    <>
      <ConceptSearch
        oid={directories.icd10}
        label="Добавить диагноз"
        hint="Код или слова МКБ-10: «J06», «гипертензия», «болезнь сердца»"
        error={error}
        onChoose={({ code, name }) => onChange(withDiagnosis(diagnoses, code, name))}
      />
      <ul className="coded">
        {diagnoses.map((diagnosis) => (
          <li key={diagnosis.code} className="coded__item">
            <div className="coded__head">
              <p>
                <span className="strong numbers">{diagnosis.code}</span> {diagnosis.name}
              </p>
              <button type="button" className="icon-button" onClick={() => remove(diagnosis)}>
                <Icon name="cross" size={20} />
                <span className="visually-hidden">Убрать диагноз {diagnosis.code}</span>
              </button>
            </div>
            <div className="coded__fields">
              <Select
                label="Вид"
                value={diagnosis.kind}
                onChange={(kind) => onChange(withKind(diagnoses, diagnosis.code, kind as Diagnosis['kind']))}
                options={kinds}
              />
              <TextInput
                label="Уточнение"
                optional
                maxLength={2000}
                value={diagnosis.note}
                onChange={(note) => set(diagnosis.code, { note: cleanText(note) })}
              />
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
