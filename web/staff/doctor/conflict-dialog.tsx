import { useState, type FormEvent, type ReactNode } from 'react'
import type { ConsultationDraft } from '../../../contracts/chart.ts'
import { Button, Card, Dialog, RadioCards, stampWords } from '../../ui/index.ts'
import type { Theirs } from './draft-keeper.ts'
import { differences, merged } from './records.ts'

type Props = {
  open: boolean
  mine: ConsultationDraft
  theirs: Theirs
  zone: string
  onChoose: (body: ConsultationDraft) => void
  onClose: () => void
}

/** Two versions of one record: what differs stands side by side, and a person says what stays, part by part. */
export function ConflictDialog({ open, mine, theirs, zone, onChoose, onClose }: Props): ReactNode {
  const different = differences(mine, theirs.body)
  const [taken, setTaken] = useState<ReadonlySet<keyof ConsultationDraft>>(new Set())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChoose(merged(mine, theirs.body, taken))
  }
  const choose = (field: keyof ConsultationDraft, which: string) => {
    const next = new Set(taken)
    if (which === 'theirs') next.add(field)
    else next.delete(field)
    setTaken(next)
  }
  return (
    <Dialog open={open} title="Запись изменена в другом окне" onClose={onClose} width="wide">
      <form className="stack" onSubmit={submit}>
        <p>
          В другом окне запись сохранена {stampWords(theirs.savedAt, zone)}. Ниже — только то, что различается. Ничего
          не потеряно: выберите, что оставить.
        </p>
        {different.map(({ field, title, mine: ours, theirs: others }) => (
          <Card key={field} title={title} level={3}>
            <RadioCards
              legend={`${title}: какой вариант оставить`}
              legendHidden
              columns
              value={taken.has(field) ? 'theirs' : 'mine'}
              onChange={(which) => choose(field, which)}
              options={[
                { value: 'mine', title: 'Из этого окна', about: <Version text={ours} /> },
                { value: 'theirs', title: 'Из другого окна', about: <Version text={others} /> },
              ]}
            />
          </Card>
        ))}
        <div className="cluster">
          <Button type="submit" kind="primary">
            Сохранить выбранное
          </Button>
          <Button onClick={() => onChoose(theirs.body)}>Взять всё из другого окна</Button>
        </div>
      </form>
    </Dialog>
  )
}

const Version = ({ text }: { text: string }) => <span className="as-typed">{text || 'Пусто'}</span>
