import { useState, type FormEvent, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { AlreadyBooked } from '../../../contracts/booking.ts'
import { AlreadyWaiting, joinWaiting, listPatientWaiting } from '../../../contracts/waiting.ts'
import { useAction, type Refusal } from '../../api/index.ts'
import {
  addDays,
  Button,
  ButtonLink,
  Card,
  dayOf,
  EmptyState,
  Facts,
  fieldMessage,
  inOneSentence,
  Notice,
  Page,
  RadioCards,
  Segments,
  shortName,
  Skeleton,
  TextInput,
  useNow,
} from '../../ui/index.ts'
import { partsOfDay, type PartOfDay } from '../../domain/waiting-words.ts'
import { at } from '../addresses.ts'
import { WithCard } from '../blocks/with-card.tsx'
import { useSession } from '../session.tsx'
import { bookingAddress, readBooking, type BookingState } from './booking-state.ts'
import { useChosenNames } from './step.tsx'

const USUAL_DAYS = 30
const MOST_DAYS = 90

/** Joining the waiting list of what was chosen in the booking; the choices stand in the address as there. */
export default function JoinWaitingPage(): ReactNode {
  return (
    <WithCard title="Лист ожидания">
      <Joining />
    </WithCard>
  )
}

function Joining(): ReactNode {
  const state = readBooking(useSearch())
  const { charges, who } = useSession()
  const patient = charges.find((charge) => charge.id === (state.for ?? who?.id))
  if (!patient || !state.org || !state.specialty)
    return (
      <Page title="Лист ожидания">
        <EmptyState
          icon="search"
          title="Сначала выберите врача"
          actions={
            <ButtonLink kind="primary" href={bookingAddress({ for: state.for })}>
              К записи
            </ButtonLink>
          }
        />
      </Page>
    )
  return <Form state={{ ...state, for: patient.id, org: state.org, specialty: state.specialty }} name={patient.name} />
}

type Chosen = BookingState & { for: string; org: string; specialty: string }

function Form({ state, name }: { state: Chosen; name: string }): ReactNode {
  const names = useChosenNames(state)
  const today = dayOf(useNow(), names.zone)
  const [anyDoctor, setAnyDoctor] = useState(!state.doctor || state.doctor === 'any')
  const [firstDay, setFirstDay] = useState<string | undefined>(undefined)
  const [lastDay, setLastDay] = useState<string | undefined>(undefined)
  const [part, setPart] = useState<PartOfDay>('any')
  const { join, ask } = useJoining(state)
  const problem = join.refusal?.problem
  const hours = partsOfDay.find((p) => p.value === part)!
  const wish = {
    staffId: anyDoctor || !state.doctor || state.doctor === 'any' ? null : state.doctor,
    firstDay: firstDay ?? today,
    lastDay: lastDay ?? addDays(today, USUAL_DAYS),
    fromTime: hours.fromTime,
    untilTime: hours.untilTime,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!join.busy) ask(wish, state.moving)
  }
  return (
    <Page
      title="Встать в лист ожидания"
      back={{ href: bookingAddress(state), label: 'К выбору времени' }}
      lead="Освободившееся время мы придержим за вами на полчаса, а ночью — до утра"
    >
      {names.waits ? (
        <Skeleton shape="card" label="Загружаем" />
      ) : (
        <Card>
          <form className="stack" onSubmit={submit} noValidate>
            <Facts
              items={[
                ['Пациент', name],
                ['Специальность', names.specialty ?? null],
                ['Где', names.organization?.shortName ?? null],
              ]}
            />
            {names.doctorName && (
              <RadioCards
                legend="К кому"
                value={anyDoctor ? 'any' : 'this'}
                onChange={(value) => setAnyDoctor(value === 'any')}
                options={[
                  { value: 'this', title: shortName(names.doctorName), about: 'Только этот врач' },
                  { value: 'any', title: 'Любой врач', about: 'Время найдётся скорее' },
                ]}
              />
            )}
            <TextInput
              type="date"
              label="Первый день"
              width="middle"
              min={today}
              max={addDays(today, MOST_DAYS)}
              value={wish.firstDay}
              onChange={setFirstDay}
              error={fieldMessage(problem, 'firstDay')}
            />
            <TextInput
              type="date"
              label="Последний день"
              width="middle"
              min={today}
              max={addDays(today, MOST_DAYS)}
              value={wish.lastDay}
              onChange={setLastDay}
              error={fieldMessage(problem, 'lastDay')}
            />
            <Segments legend="Время дня" legendShown value={part} onChange={setPart} options={partsOfDay} />
            {state.moving && <p>Прежняя запись останется вашей: мы предложим только время раньше неё.</p>}
            {join.refusal && !join.busy && (
              <WhyNot refusal={join.refusal} patientId={state.for} onEarlier={(id) => ask(wish, id)} />
            )}
            <Button type="submit" kind="primary" size="large" wide busy={join.busy} busyText="Ставим в лист…">
              Встать в лист ожидания
            </Button>
          </form>
        </Card>
      )}
    </Page>
  )
}

type Wish = {
  staffId: string | null
  firstDay: string
  lastDay: string
  fromTime: string | null
  untilTime: string | null
}

function useJoining(state: Chosen) {
  const [, navigate] = useLocation()
  const join = useAction(joinWaiting, {
    refreshes: [listPatientWaiting],
    onDone: () =>
      navigate(at.waiting({ id: state.for, relation: 'other' }), { replace: true, state: { fresh: 'joined' } }),
  })
  const ask = (wish: Wish, moving: string | undefined) =>
    join.run({
      params: { patientId: state.for },
      body: { organizationId: state.org, specialtyCode: state.specialty, moving: moving ?? null, ...wish },
    })
  return { join, ask }
}

type WhyNotProps = { refusal: Refusal; patientId: string; onEarlier: (appointmentId: string) => void }

/** Who has a visit already may wait for a sooner one; who waits already is led there. */
function WhyNot({ refusal, patientId, onEarlier }: WhyNotProps): ReactNode {
  const { problem } = refusal
  const visit =
    problem.type === AlreadyBooked.type && typeof problem.appointmentId === 'string' && problem.appointmentId
  if (problem.fields) return null
  return (
    <Notice
      live
      kind={visit ? 'info' : 'error'}
      title={problem.title}
      actions={
        visit ? (
          <Button kind="primary" onClick={() => onEarlier(visit)}>
            Ждать время раньше неё
          </Button>
        ) : (
          problem.type === AlreadyWaiting.type && (
            <ButtonLink href={at.waiting({ id: patientId, relation: 'other' })}>Открыть лист ожидания</ButtonLink>
          )
        )
      }
    >
      <p>
        {visit
          ? 'Запись останется вашей, пока не освободится время раньше и вы его не возьмёте.'
          : inOneSentence({ ...problem, title: problem.detail ?? '' })}
      </p>
    </Notice>
  )
}
