import { useState, type ReactNode } from 'react'
import { searchConcepts, type Concept } from '../../../contracts/terminology.ts'
import { useRead } from '../../api/index.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { inOneSentence } from '../../ui/index.ts'
import { useDebounced } from '../use-debounced.ts'

type Props = {
  /** OID of the directory. */
  oid: string
  label: string
  hint: string
  error?: string | undefined
  onChoose: (concept: Concept) => void
}

/** Adds a concept of a directory: by code or by words in any order, form and keyboard layout. */
export function ConceptSearch({ oid, label, hint, error, onChoose }: Props): ReactNode {
  const [words, setWords] = useState('')
  const asked = useDebounced(words.trim(), 150)
  const isAsked = asked.length >= 2
  const read = useRead(
    searchConcepts,
    { params: { oid }, query: { q: asked, limit: 20 } },
    { enabled: isAsked, keepPrevious: isAsked },
  )
  return (
    <Combobox
      label={label}
      hint={hint}
      error={error ?? (read.error ? inOneSentence(read.error.problem) : undefined)}
      value={null}
      clearOnChoice
      onChange={(concept) => {
        if (!concept) return
        setWords('')
        onChoose(concept)
      }}
      options={isAsked ? (read.data?.concepts ?? []) : []}
      onQuery={setWords}
      busy={isAsked && (read.isFetching || asked !== words.trim())}
      textOf={(concept) => concept.name}
      keyOf={(concept) => concept.code}
      renderOption={({ code, name }) => (
        <span>
          <span className="strong numbers">{code}</span> {name}
        </span>
      )}
      emptyText={isAsked ? 'Ничего не нашлось: попробуйте другие слова или код' : 'Введите хотя бы две буквы'}
    />
  )
}
