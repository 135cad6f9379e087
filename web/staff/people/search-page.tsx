import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { searchPatients, type PatientRow } from '../../../contracts/patients.ts'
import { useRead } from '../../api/index.ts'
import {
  announce,
  Button,
  Card,
  count,
  EmptyState,
  ErrorState,
  inOneSentence,
  Page,
  Row,
  Rows,
  Skeleton,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ArrowList } from '../keyboard/arrow-list.tsx'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { useSession, useToday } from '../session.tsx'
import { useDebounced } from '../use-debounced.ts'
import { hasMistypedSnils } from './person-from-line.ts'
import { openingOf } from './patient-tabs.tsx'
import { personWords } from './person-words.ts'

/** What was searched for last, to come back to. Never in the address: see addresses.ts. */
let lastWords = ''

/** One line finds a person by any part of a name, a birth date, СНИЛС or a policy. */
export default function SearchPage(): ReactNode {
  const { me } = useSession()
  const [, navigate] = useLocation()
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState(lastWords)
  const asked = useDebounced(words.trim())
  const isAsked = asked.length >= 2
  const read = useRead(searchPatients, { query: { q: asked } }, { enabled: isAsked, keepPrevious: isAsked })
  const found = isAsked ? read.data?.patients : undefined
  const isNew = read.isFetching || asked !== words.trim()
  useEffect(() => input.current?.select(), [])
  useShortcut('Ctrl+K', 'Найти пациента', () => input.current?.select())
  const canRegister = me.role === 'registrar' || me.role === 'administrator'
  const register = () => navigate(at.newPatient(), { state: { from: words } })
  useShortcut('Alt+N', 'Зарегистрировать нового пациента', register, { enabled: canRegister })
  useFoundAloud(isNew ? undefined : found)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !isNew && found?.[0]) navigate(openingOf(me.role)(found[0].id))
  }
  return (
    <Page
      title="Пациенты"
      actions={
        canRegister && (
          <>
            <Button icon="plus" onClick={register}>
              Новый пациент
            </Button>
            <Keys of="Alt+N" />
          </>
        )
      }
    >
      <ArrowList>
        <div className="stack">
          <TextInput
            label="Кого ищем"
            hint={
              me.role === 'doctor' || me.role === 'head'
                ? 'Имя, дата рождения, СНИЛС или полис. Видны те, кто прикреплён к вашей организации.'
                : 'Имя, дата рождения, СНИЛС или полис — в одну строку, в любом порядке'
            }
            type="search"
            autoComplete="off"
            spellCheck={false}
            inputRef={input}
            value={words}
            onChange={(next) => {
              lastWords = next
              setWords(next)
            }}
            onKeyDown={onKeyDown}
            error={fieldError(read.error?.problem, isAsked)}
            enterKeyHint="search"
          />
          {!isAsked ? (
            <p className="soft">
              Начните вводить: хватит двух букв. <Keys of="↓" /> к списку, <Keys of="Enter" /> открывает первого.
            </p>
          ) : read.error?.problem.status === 422 ? null : read.error ? (
            <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
          ) : !found ? (
            <Skeleton shape="rows" label="Ищем" />
          ) : found.length === 0 ? (
            !isNew && (
              <Nobody line={asked} onRegister={canRegister ? register : undefined} isDoctor={me.role === 'doctor'} />
            )
          ) : (
            <Found people={found} more={read.data?.more ?? false} />
          )}
        </div>
      </ArrowList>
    </Page>
  )
}

function Found({ people, more }: { people: readonly PatientRow[]; more: boolean }): ReactNode {
  const today = useToday()
  const open = openingOf(useSession().me.role)
  return (
    <Card>
      <Rows label="Найденные пациенты">
        {people.map((person) => (
          <Row key={person.id} href={open(person.id)} title={person.name} about={personWords(person, today)} />
        ))}
      </Rows>
      {more && <p className="soft small">Это первые {people.length}. Уточните: добавьте имя или дату рождения.</p>}
    </Card>
  )
}

type NobodyProps = { line: string; onRegister: (() => void) | undefined; isDoctor: boolean }

const Nobody = ({ line, onRegister, isDoctor }: NobodyProps) => (
  <EmptyState
    icon="search"
    title="Никого не нашли"
    actions={
      onRegister && (
        <Button kind="primary" onClick={onRegister}>
          Зарегистрировать нового
        </Button>
      )
    }
  >
    {hasMistypedSnils(line) && <p className="strong">В СНИЛС опечатка: контрольные цифры не сходятся.</p>}
    <p>Проверьте, нет ли опечатки. Ё и Е, порядок слов и раскладка клавиатуры значения не имеют.</p>
    {isDoctor && <p>Пациента из другой организации, который записан к вам, откройте из списка приёма.</p>}
  </EmptyState>
)

function useFoundAloud(found: readonly PatientRow[] | undefined): void {
  const number = found?.length
  useEffect(() => {
    if (number !== undefined)
      announce(number === 0 ? 'Никого не нашли' : `Найдено: ${count(number, ['человек', 'человека', 'человек'])}`)
  }, [number])
}

type Problem = { status: number; title: string; fields?: { path: string; message: string }[] } | undefined

/** A line that cannot be searched by («31.02.1985») is the line's own error, shown beside it. */
const fieldError = (problem: Problem, isAsked: boolean): string | undefined =>
  isAsked && problem?.status === 422 ? (problem.fields?.[0]?.message ?? inOneSentence(problem)) : undefined
