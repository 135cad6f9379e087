import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { IdentifierTaken, PossibleDuplicate, registerPatient, type PatientRow } from '../../../contracts/patients.ts'
import { useAction, type Refusal } from '../../api/index.ts'
import { Button, ButtonLink, Card, Page, Row, Rows } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { personFromLine } from '../people/person-from-line.ts'
import { personWords } from '../people/person-words.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useToday } from '../session.tsx'
import { PersonFields } from './person-fields.tsx'
import {
  emptyForm,
  flawsOf,
  formOf,
  registrationOf,
  type FieldName,
  type Flaws,
  type PersonForm,
} from './person-form.ts'

/** A form left half-way is here when one comes back. In memory only: a shared computer keeps no personal data. */
let left: PersonForm | undefined

/** A new patient. Numbers are checked as they are typed; people who may be the same are shown before anything is created. */
export default function RegisterPage(): ReactNode {
  const today = useToday()
  const [, navigate] = useLocation()
  const form = useRef<HTMLFormElement>(null)
  const [person, setPerson] = useState(() => beginning(today))
  const [tried, setTried] = useState(false)
  const action = useAction(registerPatient, {
    onDone: ({ id }) => {
      left = undefined
      navigate(at.patient(id), { replace: true, state: { registered: id } })
    },
  })
  const flaws: Flaws = { ...flawsOf(person, today), ...fieldsOf(action.refusal) }
  const change = (next: PersonForm) => {
    left = next
    action.reset()
    setPerson(next)
  }
  const send = (confirmedNew: boolean) => {
    setTried(true)
    const first = Object.keys(flawsOf(person, today))[0]
    if (first) return focusField(form.current, first)
    if (!action.busy) action.run({ body: { ...registrationOf(person, today), ...(confirmedNew && { confirmedNew }) } })
  }
  useFocusOnRefusal(form, action.refusal)
  useShortcut('Ctrl+Enter', 'Зарегистрировать', () => send(false))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send(false)
  }
  return (
    <Page title="Новый пациент" back={{ href: at.patients(), label: 'К поиску' }}>
      <form ref={form} className="stack" onSubmit={submit} noValidate>
        <Card>
          <PersonFields person={person} onChange={change} flaws={flaws} judgeAll={tried} />
        </Card>
        <Refused refusal={action.busy ? undefined : action.refusal} onConfirm={() => send(true)} />
        <div className="cluster">
          <Button type="submit" kind="primary" busy={action.busy} busyText="Проверяем и создаём…">
            Зарегистрировать
          </Button>
          <Keys of="Ctrl+Enter" />
          <Button
            kind="plain"
            onClick={() => {
              setTried(false)
              change(emptyForm)
              focusField(form.current, 'lastName')
            }}
          >
            Очистить
          </Button>
        </div>
      </form>
    </Page>
  )
}

/** What was typed here before, or what was searched for and not found. */
function beginning(today: string): PersonForm {
  const from = (history.state as { from?: unknown } | null)?.from
  if (typeof from === 'string' && from.trim()) return formOf(personFromLine(from, today))
  return left ?? emptyForm
}

const fieldsOf = (refusal: Refusal | undefined): Flaws =>
  Object.fromEntries(refusal?.problem.fields?.map(({ path, message }) => [path, message]) ?? [])

function focusField(form: HTMLFormElement | null, name: string): void {
  const found = form?.elements.namedItem(name as FieldName)
  const control = found instanceof RadioNodeList ? found[0] : found
  if (control instanceof HTMLElement) control.focus()
}

function useFocusOnRefusal(form: { current: HTMLFormElement | null }, refusal: Refusal | undefined): void {
  useEffect(() => {
    const first = refusal?.problem.fields?.[0]?.path
    if (first) focusField(form.current, first)
  }, [form, refusal])
}

type RefusedProps = { refusal: Refusal | undefined; onConfirm: () => void }

/** Why the card was not created, and the ways on. */
function Refused({ refusal, onConfirm }: RefusedProps): ReactNode {
  if (!refusal) return null
  const { type, patientId, candidates } = refusal.problem
  if (type === PossibleDuplicate.type)
    return <Candidates people={candidates as readonly PatientRow[]} onConfirm={onConfirm} />
  return (
    <ProblemNotice
      refusal={refusal}
      actions={
        type === IdentifierTaken.type &&
        typeof patientId === 'string' && (
          <ButtonLink size="small" href={at.patient(patientId)}>
            Открыть карту
          </ButtonLink>
        )
      }
    />
  )
}

type CandidatesProps = { people: readonly PatientRow[]; onConfirm: () => void }

function Candidates({ people, onConfirm }: CandidatesProps): ReactNode {
  const today = useToday()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1}>
      <Card
        title="Похоже, этот человек уже есть"
        aside={<span className="soft">Сверьте дату рождения, номера и адрес</span>}
      >
        <Rows label="Похожие пациенты">
          {people.map((person) => (
            <Row key={person.id} title={person.name} about={personWords(person, today)}>
              <ButtonLink size="small" href={at.patient(person.id)}>
                Это он — открыть карту<span className="visually-hidden">: {person.name}</span>
              </ButtonLink>
            </Row>
          ))}
        </Rows>
        <div>
          <Button kind="danger" onClick={onConfirm}>
            Это другой человек — создать новую карту
          </Button>
        </div>
      </Card>
    </div>
  )
}
