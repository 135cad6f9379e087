import type { ReactNode } from 'react'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { previewScheduleEdit, TouchedVisit } from '../../../contracts/schedule-edits.ts'
import { Badge, Card, momentWords, Rows, Segments, Select, shortName } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { bornWords } from '../people/person-words.ts'
import { useToday } from '../session.tsx'
import { isAnotherDoctor, type Draft, type Drafts } from './decisions.ts'

const actions = [
  { value: 'offer', label: 'Предложить' },
  { value: 'move', label: 'Перенести' },
  { value: 'cancel', label: 'Отменить' },
] as const

type Props = {
  impact: ReplyOf<typeof previewScheduleEdit>
  drafts: Drafts
  clashing: ReadonlySet<string>
  anew: readonly string[]
  onChange: (appointmentId: string, draft: Draft) => void
}

/** The visits an edit touches, each with the nearest equivalent times and what is to become of it. */
export function TouchedVisits({ impact, drafts, clashing, anew, onChange }: Props): ReactNode {
  return (
    <Card title="Записи, которых это касается">
      <p className="soft small">
        «Предложить»: пациент записан на новое время и ответит в кабинете, подходит ли оно. «Перенести»: с пациентом
        договорились. Промолчавший остаётся на новом времени.
      </p>
      <Rows>
        {impact.visits.map((visit) => (
          <Touched
            key={visit.appointmentId}
            visit={visit}
            zone={impact.timeZone}
            draft={drafts[visit.appointmentId]!}
            clashes={clashing.has(visit.appointmentId)}
            isNew={anew.includes(visit.appointmentId)}
            onChange={(draft) => onChange(visit.appointmentId, draft)}
          />
        ))}
      </Rows>
    </Card>
  )
}

type TouchedProps = {
  visit: TouchedVisit
  zone: string
  draft: Draft
  clashes: boolean
  isNew: boolean
  onChange: (draft: Draft) => void
}

function Touched({ visit, zone, draft, clashes, isNew, onChange }: TouchedProps): ReactNode {
  const today = useToday()
  const { patient, slots } = visit
  const another = isAnotherDoctor(visit, draft)
  const choose = (action: Draft['action']) => onChange({ action, ref: draft.ref || (slots[0]?.ref ?? '') })
  return (
    <li className="row-place">
      <fieldset className="edit-visit stack stack--tight">
        <legend className="visually-hidden">{patient.name}</legend>
        <p>
          <a className="strong" href={at.patient(patient.id)}>
            {patient.name}
          </a>
          , {bornWords(patient.birthDate, today)} {isNew && <Badge kind="warning">проверьте</Badge>}
        </p>
        <p className="soft">
          Сейчас: {momentWords(visit.startsAt, zone)}, {shortName(visit.doctorName)}
          {visit.room && `, кабинет ${visit.room}`}
        </p>
        {slots.length > 0 ? (
          <Segments
            legend={`Что делать с записью: ${patient.name}`}
            value={draft.action}
            onChange={choose}
            options={actions}
          />
        ) : (
          <p>Подходящего свободного времени нет: запись можно только отменить.</p>
        )}
        {draft.action !== 'cancel' && (
          <Select
            label="Новое время"
            value={draft.ref}
            onChange={(ref) => onChange({ ...draft, ref })}
            options={slots.map((slot) => ({
              value: slot.ref,
              label: `${momentWords(slot.startsAt, zone)}, ${shortName(slot.doctorName)}`,
            }))}
            error={clashes ? 'Это время уже выбрано другому пациенту из списка' : undefined}
          />
        )}
        {another && draft.action === 'move' && (
          <p className="soft small">Врач другой, поэтому пациента спросят, согласен ли он.</p>
        )}
      </fieldset>
    </li>
  )
}
