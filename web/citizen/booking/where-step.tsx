import { useState, type ReactNode } from 'react'
import { listBookableOrganizations } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import {
  ageWords,
  Badge,
  Card,
  dayOf,
  EmptyState,
  ErrorState,
  ownZone,
  RadioCards,
  Row,
  Rows,
  Skeleton,
  TextInput,
  useNow,
} from '../../ui/index.ts'
import { useSession } from '../session.tsx'
import type { StepProps } from './step-props.ts'
import { Step } from './step.tsx'

/** More organisations than this are not looked through by eye: then there is a field to find one. */
const MANY = 8

/** For whom (only when there is a choice) and where: one's own polyclinic first. */
export function WhereStep({ state, patient, go }: StepProps): ReactNode {
  const { charges } = useSession()
  const today = dayOf(useNow(), ownZone())
  return (
    <Step state={state} patient={patient} title={charges.length > 1 ? 'Кого и куда записать' : 'Куда записать'}>
      {charges.length > 1 && (
        <RadioCards
          legend="Кого записываем"
          columns
          value={state.for ?? patient.id}
          onChange={(id) => go({ ...state, for: id }, { replace: true })}
          options={charges.map((charge) => ({
            value: charge.id,
            title: charge.relation === 'self' ? 'Себя' : charge.name,
            about: charge.relation === 'self' ? charge.name : ageWords(charge.birthDate, today),
          }))}
        />
      )}
      <Organizations patientId={patient.id} onChoose={(org) => go({ ...state, for: patient.id, org })} />
    </Step>
  )
}

function Organizations({ patientId, onChoose }: { patientId: string; onChoose: (org: string) => void }): ReactNode {
  const [words, setWords] = useState('')
  const read = useRead(listBookableOrganizations, { query: { patientId } }, { keepPrevious: true })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="rows" count={5} label="Загружаем поликлиники" />
  const all = read.data.organizations
  const wanted = words.trim().toLocaleLowerCase('ru')
  const found = wanted ? all.filter((o) => `${o.shortName} ${o.address}`.toLocaleLowerCase('ru').includes(wanted)) : all
  return (
    <Card title="Где принять">
      {all.length > MANY && (
        <TextInput label="Название или улица" type="search" value={words} onChange={setWords} autoComplete="off" />
      )}
      {found.length === 0 ? (
        <EmptyState icon="search" title="Такой организации нет">
          <p>Проверьте название или очистите поле, чтобы увидеть все.</p>
        </EmptyState>
      ) : (
        <Rows>
          {found.map((o) => (
            <Row
              key={o.id}
              title={o.shortName}
              about={
                <>
                  {o.address}
                  <br />
                  {placesWords(o.freeSlots)}
                </>
              }
              aside={o.attached && <Badge kind="success">Ваша</Badge>}
              onPress={() => onChoose(o.id)}
            />
          ))}
        </Rows>
      )}
    </Card>
  )
}

/** The server counts places up to a hundred: more than that is simply a lot. */
const placesWords = (free: number): string =>
  free >= 100 ? 'Свободного времени много' : free === 0 ? 'Свободного времени нет' : `Свободных мест: ${free}`
