import { useState, type FormEvent, type ReactNode } from 'react'
import type { Patient, PatientRow } from '../../../contracts/patients.ts'
import {
  addRepresentation,
  endRepresentation,
  listAuthorities,
  listRepresentations,
  type Representation,
} from '../../../contracts/representation.ts'
import { useAction, useRead } from '../../api/index.ts'
import { Button, Dialog, fieldMessage, RadioCards, Select, showToast, TextInput } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useToday } from '../session.tsx'
import { PatientPicker } from './patient-picker.tsx'
import { fullName } from './person-words.ts'
import { readDate, withDots } from './read-date.ts'
import { basisWords, documentKinds } from './representation-words.ts'

const bases = (['parent', 'guardian', 'authority'] as const).map((value) => ({ value, title: basisWords[value] }))
type Kind = Exclude<Representation['document']['kind'], 'esia'>
const kindsOf: Record<Representation['basis'], readonly Kind[]> = {
  parent: ['birth-certificate', 'adoption', 'paternity', 'court-decision', 'other'],
  guardian: ['guardianship-act', 'court-decision', 'other'],
  authority: ['guardianship-act', 'court-decision'],
}

type Draft = { basis: Representation['basis']; kind: Kind; number: string; date: string; issuer: string; until: string }
const empty: Draft = { basis: 'parent', kind: 'birth-certificate', number: '', date: '', issuer: '', until: '' }

/** What of the draft cannot be sent; the server judges again. */
function flawsOf(draft: Draft, who: string | undefined, today: string) {
  const date = readDate(draft.date, today)
  return {
    who: who ? undefined : draft.basis === 'authority' ? 'Выберите орган опеки' : 'Найдите карту представителя',
    number: draft.number.trim() ? undefined : 'Напишите серию и номер',
    date: date ? undefined : 'Такой даты нет в календаре',
    issuer: draft.issuer.trim() ? undefined : 'Напишите, кто выдал',
    until: draft.until.trim() && !readDate(draft.until, today) ? 'Такой даты нет в календаре' : undefined,
  }
}

/** Enters who acts for the patient, by which document and until when. */
export function AddRepresentation({ patient, onClose }: { patient: Patient; onClose: () => void }): ReactNode {
  const today = useToday()
  const [draft, setDraft] = useState(empty)
  const [person, setPerson] = useState<PatientRow | null>(null)
  const [authority, setAuthority] = useState('')
  const [tried, setTried] = useState(false)
  const add = useAction(addRepresentation, {
    refreshes: [listRepresentations],
    onDone: () => {
      onClose()
      showToast({ text: `${fullName(patient)}: представитель внесён` })
    },
  })
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next })
  const isAuthority = draft.basis === 'authority'
  const flaws = flawsOf(draft, isAuthority ? authority : person?.id, today)
  const errorOf = (field: keyof typeof flaws, path: string) =>
    tried ? (flaws[field] ?? fieldMessage(add.refusal?.problem, path)) : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(flaws).some(Boolean) || add.busy) return
    const { basis, kind, number, date, issuer, until } = draft
    add.run({
      params: { patientId: patient.id },
      body: {
        basis,
        representativeId: isAuthority ? null : person!.id,
        authorityId: isAuthority ? authority : null,
        document: { kind, number: number.trim(), date: readDate(date, today)!, issuer: issuer.trim() },
        until: until.trim() ? readDate(until, today)! : null,
      },
    })
  }
  return (
    <Dialog open title={`Кто действует за пациента: ${fullName(patient)}`} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <RadioCards
          legend="Кто это"
          value={draft.basis}
          onChange={(value) => {
            const basis = value as Draft['basis']
            change({ basis, kind: kindsOf[basis][0]! })
          }}
          options={bases}
        />
        {isAuthority ? (
          <AuthoritySelect value={authority} onChange={setAuthority} error={errorOf('who', 'authorityId')} />
        ) : (
          <>
            <PatientPicker
              label="Карта представителя"
              hint="Имя, дата рождения, СНИЛС или полис"
              value={person}
              onChange={setPerson}
            />
            {errorOf('who', 'representativeId') && (
              <p className="field__error" role="alert">
                {errorOf('who', 'representativeId')}
              </p>
            )}
          </>
        )}
        <DocumentFields draft={draft} change={change} errorOf={errorOf} />
        <TextInput
          label="Действует до"
          optional
          hint="Для ребёнка — пусто: закончится само в 18 лет. Для взрослого подопечного срок обязателен"
          inputMode="numeric"
          width="short"
          maxLength={10}
          value={draft.until}
          onChange={(until) => change({ until: withDots(until, draft.until) })}
          error={errorOf('until', 'until')}
        />
        {!add.busy && <ProblemNotice refusal={add.refusal} />}
        <div className="cluster">
          <Button type="submit" kind="primary" busy={add.busy} busyText="Вносим…">
            Внести
          </Button>
          <Button onClick={onClose}>Не нужно</Button>
        </div>
      </form>
    </Dialog>
  )
}

type FieldsProps = {
  draft: Draft
  change: (next: Partial<Draft>) => void
  errorOf: (field: 'number' | 'date' | 'issuer', path: string) => string | undefined
}

const DocumentFields = ({ draft, change, errorOf }: FieldsProps): ReactNode => (
  <>
    <Select
      label="Документ"
      value={draft.kind}
      onChange={(kind) => change({ kind: kind as Kind })}
      options={kindsOf[draft.basis].map((value) => ({ value, label: documentKinds[value] }))}
    />
    <TextInput
      label="Серия и номер"
      maxLength={200}
      value={draft.number}
      onChange={(number) => change({ number })}
      error={errorOf('number', 'document.number')}
    />
    <TextInput
      label="Дата документа"
      hint="ДД.ММ.ГГГГ"
      inputMode="numeric"
      width="short"
      maxLength={10}
      value={draft.date}
      onChange={(date) => change({ date: withDots(date, draft.date) })}
      error={errorOf('date', 'document.date')}
    />
    <TextInput
      label="Кем выдан"
      maxLength={200}
      value={draft.issuer}
      onChange={(issuer) => change({ issuer })}
      error={errorOf('issuer', 'document.issuer')}
    />
  </>
)

type SelectProps = { value: string; onChange: (id: string) => void; error: string | undefined }

function AuthoritySelect(props: SelectProps): ReactNode {
  const read = useRead(listAuthorities, {})
  return (
    <Select
      label="Орган опеки"
      placeholder="Выберите"
      {...props}
      disabled={!read.data}
      options={(read.data?.authorities ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

/** Ends a representation at once; why stays with it, and the one who acted reads it. */
export function EndRepresentation({ line, onClose }: { line: Representation; onClose: () => void }): ReactNode {
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const name = line.person?.name ?? line.authorityName ?? ''
  const end = useAction(endRepresentation, {
    refreshes: [listRepresentations],
    onDone: () => {
      onClose()
      showToast({ text: 'Представительство прекращено' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!reason.trim() || end.busy) return
    const params = { patientId: line.patientId, representationId: line.id }
    end.run({ params, body: { reason: reason.trim() } })
  }
  return (
    <Dialog open title="Прекратить представительство?" onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <p>{name}. Карта и записи закроются для представителя сразу. Уже сделанные записи к врачу останутся в силе.</p>
        <TextInput
          label="Причина"
          hint="Например: лишение родительских прав, решение суда №… Представитель её прочитает"
          maxLength={200}
          value={reason}
          onChange={setReason}
          error={tried && !reason.trim() ? 'Напишите причину' : undefined}
        />
        {!end.busy && <ProblemNotice refusal={end.refusal} />}
        <div className="cluster">
          <Button type="submit" kind="danger" busy={end.busy} busyText="Прекращаем…">
            Прекратить
          </Button>
          <Button onClick={onClose}>Оставить</Button>
        </div>
      </form>
    </Dialog>
  )
}
