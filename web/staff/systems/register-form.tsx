import { useState, type FormEvent, type ReactNode } from 'react'
import type { Organization } from '../../../contracts/organizations.ts'
import {
  listExternalSystems,
  registerExternalSystem,
  type ExternalSystem,
  type SystemInterface,
} from '../../../contracts/other-systems.ts'
import { useAction } from '../../api/index.ts'
import { Button, Checkbox, Notice, RadioCards, showToast, TextInput } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession } from '../session.tsx'
import { interfaces } from './system-words.ts'

export type Registered = { system: ExternalSystem; token: string }

type Props = { organizations: readonly Organization[]; onClose: () => void; onDone: (done: Registered) => void }

const USUAL_PER_MINUTE = '600'

/** The list with one value put in or taken out. */
const toggled = <T,>(list: readonly T[], value: T, on: boolean): T[] =>
  on ? [...list, value] : list.filter((other) => other !== value)

/** What a system gets: a name for the journal, protocols, organisations, how often it may ask. */
export function RegisterForm({ organizations, onClose, onDone }: Props): ReactNode {
  const { me } = useSession()
  const own = me.organizationId
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<SystemInterface[]>([])
  const [everywhere, setEverywhere] = useState(own === null)
  const [places, setPlaces] = useState<string[]>(own === null ? [] : [own])
  const [perMinute, setPerMinute] = useState(USUAL_PER_MINUTE)
  const [tried, setTried] = useState(false)
  const register = useAction(registerExternalSystem, { refreshes: [listExternalSystems], onDone })
  const limit = Number(perMinute)
  const wrong = {
    name: name.trim() ? undefined : 'Напишите название: под ним действия системы попадут в журнал',
    interfaces: chosen.length > 0 ? undefined : 'Выберите хотя бы один протокол',
    places: everywhere || places.length > 0 ? undefined : 'Выберите хотя бы одну организацию',
    perMinute: Number.isInteger(limit) && limit >= 1 && limit <= 100_000 ? undefined : 'От 1 до 100 000',
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(wrong).some(Boolean) || register.busy) return
    const organizationIds = everywhere ? null : places
    register.run({ body: { name: name.trim(), interfaces: chosen, organizationIds, requestsPerMinute: limit } })
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <TextInput
        label="Название"
        hint="Например: «Госуслуги, КУ ФЭР»"
        maxLength={200}
        value={name}
        onChange={setName}
        error={tried ? wrong.name : undefined}
      />
      <fieldset className="stack">
        <legend className="field__label">Протоколы</legend>
        {interfaces.map(({ value, title, about }, i) => (
          <Checkbox
            key={value}
            label={title}
            hint={about}
            checked={chosen.includes(value)}
            onChange={(on) => setChosen(toggled(chosen, value, on))}
            error={tried && i === interfaces.length - 1 ? wrong.interfaces : undefined}
          />
        ))}
      </fieldset>
      {own === null && (
        <RadioCards
          legend="Где может записывать"
          value={everywhere ? 'all' : 'some'}
          onChange={(value) => setEverywhere(value === 'all')}
          options={[
            { value: 'all', title: 'Во всех организациях' },
            { value: 'some', title: 'В выбранных' },
          ]}
        />
      )}
      {own === null && !everywhere && (
        <fieldset className="stack">
          <legend className="field__label">Организации</legend>
          {organizations.map(({ id, shortName }, i) => (
            <Checkbox
              key={id}
              label={shortName}
              checked={places.includes(id)}
              onChange={(on) => setPlaces(toggled(places, id, on))}
              error={tried && i === organizations.length - 1 ? wrong.places : undefined}
            />
          ))}
        </fieldset>
      )}
      <TextInput
        label="Запросов в минуту, не больше"
        inputMode="numeric"
        width="short"
        value={perMinute}
        onChange={setPerMinute}
        error={tried ? wrong.perMinute : undefined}
      />
      {!register.busy && <ProblemNotice refusal={register.refusal} />}
      <div className="cluster">
        <Button type="submit" kind="primary" busy={register.busy} busyText="Подключаем…">
          Подключить
        </Button>
        <Button onClick={onClose}>Не нужно</Button>
      </div>
    </form>
  )
}

/** The token, once: it is not kept anywhere it could be read from again. */
export function TokenShown({ registered, onClose }: { registered: Registered; onClose: () => void }): ReactNode {
  const { system, token } = registered
  const copy = async () => {
    await navigator.clipboard.writeText(token)
    showToast({ text: 'Токен скопирован' })
  }
  return (
    <Notice
      kind="success"
      title={`${system.name}: подключена`}
      live
      actions={
        <>
          <Button kind="primary" onClick={() => void copy()}>
            Скопировать токен
          </Button>
          <Button onClick={onClose}>Токен передан</Button>
        </>
      }
    >
      <p>
        Передайте токен владельцу системы. Он показан один раз: если потеряется, отзовите доступ и подключите систему
        снова.
      </p>
      <p>
        <code className="token">{token}</code>
      </p>
    </Notice>
  )
}
