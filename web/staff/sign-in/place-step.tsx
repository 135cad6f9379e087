import { useState, type FormEvent, type ReactNode } from 'react'
import { chooseAssignment, type Me } from '../../../contracts/access.ts'
import { listOrganizations } from '../../../contracts/organizations.ts'
import { useAction, useRead } from '../../api/index.ts'
import { Button, RadioCards } from '../../ui/index.ts'
import { roleWords } from '../role-words.ts'
import { Refused } from './refused.tsx'

type Props = { me: Me; action: string; onDone: (me: Me) => void }

/** In which of one's capacities to work: asked when there are several, the one of last time is chosen already. */
export function PlaceStep({ me, action, onDone }: Props): ReactNode {
  const current = me.assignments.find((a) => a.current)?.id
  const [chosen, setChosen] = useState(current)
  const organizations = useRead(listOrganizations, {})
  const choice = useAction(chooseAssignment, { onDone })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!chosen || choice.busy) return
    if (chosen === current) onDone(me)
    else choice.run({ body: { assignmentId: chosen } })
  }
  const placeOf = (organizationId: string | null) =>
    organizationId === null
      ? 'Вся область'
      : (organizations.data?.organizations.find((o) => o.id === organizationId)?.shortName ?? '…')
  return (
    <form className="stack" onSubmit={submit}>
      <RadioCards
        legend="Где вы сейчас работаете"
        value={chosen}
        onChange={setChosen}
        options={me.assignments.map((a) => ({
          value: a.id,
          title: placeOf(a.organizationId),
          about: roleWords(a.role),
        }))}
      />
      {!choice.busy && <Refused refusal={choice.refusal} />}
      <div>
        <Button type="submit" kind="primary" busy={choice.busy} busyText="Открываем…">
          {action}
        </Button>
      </div>
    </form>
  )
}
