import { useState, type ReactNode } from 'react'
import { searchPatients, type PatientRow } from '../../../contracts/patients.ts'
import { useRead } from '../../api/index.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { useToday } from '../session.tsx'
import { useDebounced } from '../use-debounced.ts'
import { personWords } from './person-words.ts'

type Props = {
  label: string
  hint?: string
  value: PatientRow | null
  onChange: (person: PatientRow | null) => void
  inputRef?: (element: HTMLInputElement | null) => void
}

/** Chooses a patient inside another piece of work. */
export function PatientPicker({ label, hint, value, onChange, inputRef }: Props): ReactNode {
  const today = useToday()
  const [words, setWords] = useState('')
  const asked = useDebounced(words.trim())
  const isAsked = asked.length >= 2
  const read = useRead(searchPatients, { query: { q: asked } }, { enabled: isAsked, keepPrevious: isAsked })
  return (
    <Combobox
      label={label}
      hint={hint}
      value={value}
      onChange={onChange}
      options={isAsked ? (read.data?.patients ?? []) : []}
      onQuery={setWords}
      busy={isAsked && (read.isFetching || asked !== words.trim())}
      textOf={(person) => person.name}
      keyOf={(person) => person.id}
      renderOption={(person) => (
        <>
          <span className="strong">{person.name}</span>
          <span className="soft small">{personWords(person, today)}</span>
        </>
      )}
      emptyText={isAsked ? 'Никого не нашли' : 'Введите хотя бы две буквы'}
      {...(inputRef && { inputRef })}
    />
  )
}
