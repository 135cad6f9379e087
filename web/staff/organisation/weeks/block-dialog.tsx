import { useState, type ReactNode } from 'react'
import type { VisitKind } from '../../../../contracts/schedules.ts'
import { minutesOf } from '../../../../contracts/timetable-pattern.ts'
import { Button, Dialog, RadioCards, Select, shortName, TextInput } from '../../../ui/index.ts'
import { kindWords, patternWords, visitKinds } from '../weekly-hours.ts'
import { nextSpan } from './edits.ts'
import { clockOf, isSpecial, withBlock, withChanged, withoutBlock, type Block, type Plan, type Scope } from './plan.ts'
import { blocksAt, type WeekDay, type WeekRow } from './week-row.tsx'

/** The hours being looked at; without a block: new ones. */
export type Opened = { row: WeekRow; column: WeekDay; block: Block | undefined }

type Props = {
  opened: Opened | undefined
  scope: Scope
  onClose: () => void
  planFor: (id: string) => Plan
  onChange: (plans: Readonly<Record<string, Plan>>) => boolean
}

/** Hours to the minute, what they are for, and whether for this day alone. */
export function BlockDialog({ opened, onClose, ...rest }: Props): ReactNode {
  const title = opened && `${shortName(opened.row.name)}, ${opened.column.aloud}`
  return (
    <Dialog open={opened !== undefined} title={title} onClose={onClose}>
      {opened && <Form key={opened.column.day} opened={opened} onClose={onClose} {...rest} />}
    </Dialog>
  )
}

type FormProps = Omit<Props, 'opened'> & { opened: Opened }

function Form({ opened, scope, onClose, planFor, onChange }: FormProps): ReactNode {
  const { row, column, block } = opened
  const plan = planFor(row.id)
  const first = block ?? nextSpan(blocksAt(row, plan, column))
  const [starts, setStarts] = useState(clockOf(first.starts))
  const [ends, setEnds] = useState(clockOf(first.ends))
  const [kind, setKind] = useState<VisitKind | ''>(block?.kind ?? '')
  const [own, setOwn] = useState<Scope>(scope)
  const [flaw, setFlaw] = useState<string | undefined>(undefined)
  const special = isSpecial(plan, column.day)
  const send = (next: Plan) => {
    if (onChange({ [row.id]: next })) onClose()
  }
  const save = () => {
    if (!starts || !ends || ends <= starts) return setFlaw('Конец должен быть позже начала')
    const span = { starts: minutesOf(starts), ends: minutesOf(ends), kind: kind || undefined }
    send(block ? withChanged(plan, column.day, block, span, own) : withBlock(plan, column.day, span, own))
  }
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="form-grid">
        <TextInput label="Начало" type="time" width="short" value={starts} onChange={setStarts} />
        <TextInput label="Конец" type="time" width="short" value={ends} onChange={setEnds} error={flaw} />
      </div>
      <Select
        label="Для каких приёмов"
        value={kind}
        onChange={(value) => setKind(value as VisitKind | '')}
        options={[
          { value: '', label: 'любой приём' },
          ...visitKinds.map((value) => ({ value, label: kindWords[value] })),
        ]}
      />
      {special ? (
        <p className="soft">У этого дня свои часы: правка касается только его.</p>
      ) : (
        <RadioCards
          legend="Какие дни меняются"
          value={own}
          onChange={(value) => setOwn(value as Scope)}
          options={[
            { value: 'every', title: block ? `Повторяется: ${patternWords(block.row)}` : 'Каждый такой день' },
            { value: 'day', title: 'Только этот день' },
          ]}
        />
      )}
      <div className="cluster">
        <Button type="submit" kind="primary">
          {block ? 'Изменить часы' : 'Добавить часы'}
        </Button>
        {block && (
          <Button kind="danger" onClick={() => send(withoutBlock(plan, column.day, block, own))}>
            Убрать часы
          </Button>
        )}
      </div>
    </form>
  )
}
