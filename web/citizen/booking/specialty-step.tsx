import { useState, type ReactNode } from 'react'
import { showRuleAdvice } from '../../../contracts/booking-rules.ts'
import { listSpecialties } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import {
  ButtonLink,
  Card,
  dayOf,
  dayWords,
  EmptyState,
  ErrorState,
  Row,
  Rows,
  Skeleton,
  TextInput,
  useNow,
} from '../../ui/index.ts'
import type { ServiceCategory } from '../../../contracts/service-categories.ts'
import { Categories, ChosenCategory, useCategories } from './categories.tsx'
import type { StepProps } from './step-props.ts'
import { bookingAddress } from './booking-state.ts'
import { RuleWords } from './rule-words.tsx'
import { Step, useChosenNames } from './step.tsx'

/** More specialties than this are found by typing, not by looking through. */
const MANY = 10

/** Which doctor is needed; how soon there is a place stands beside. Those without places come last. */
export function SpecialtyStep({ state, patient, go }: StepProps): ReactNode {
  const { zone, waits } = useChosenNames(state)
  const read = useRead(listSpecialties, { params: { organizationId: state.org! }, query: { patientId: patient.id } })
  const params = { patientId: patient.id, organizationId: state.org! }
  const advice = useRead(showRuleAdvice, { params, query: {} })
  const refusals = new Map(advice.data?.specialties.map((s) => [s.code, s.refusals[0]]))
  const [words, setWords] = useState('')
  const wanted = words.trim().toLocaleLowerCase('ru')
  // A doctor for others by age or sex is no loss to this patient; what can be changed is shown with the way to do it.
  const categories = useCategories(patient.id)
  const category = categories.find(({ id }) => id === state.category)
  const offered = (read.data?.specialties ?? []).filter(
    (s) => !['age', 'sex'].includes(refusals.get(s.code)?.kind ?? ''),
  )
  const all = offered.filter((s) => !category || category.specialtyCodes.includes(s.code))
  const specialties = all.filter((s) => s.title.toLocaleLowerCase('ru').includes(wanted))
  const place = (code: string, freeSlots: number) => (refusals.get(code) ? 2 : freeSlots > 0 ? 0 : 1)
  const sorted = specialties.toSorted((a, b) => place(a.code, a.freeSlots) - place(b.code, b.freeSlots))
  const today = dayOf(useNow(), zone)
  const openHere = new Set(offered.filter((s) => !refusals.get(s.code)).map((s) => s.code))
  const choose = ({ id, specialtyCodes }: ServiceCategory) => {
    // Where one specialty alone serves it, there is nothing to ask.
    const served = specialtyCodes.filter((code) => openHere.has(code))
    go({ ...state, category: id, ...(served.length === 1 && { specialty: served[0] }) })
  }
  return (
    <Step state={state} patient={patient} title="К какому врачу">
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data || waits || advice.isPending ? (
        <Skeleton shape="rows" count={6} label="Загружаем специальности" />
      ) : all.length === 0 ? (
        <EmptyState
          icon="calendar"
          title="Здесь сейчас никто не принимает"
          actions={
            <ButtonLink kind="primary" href={bookingAddress({ for: state.for })}>
              Выбрать другую организацию
            </ButtonLink>
          }
        >
          <p>В этой организации нет врачей с открытой записью для этого пациента.</p>
        </EmptyState>
      ) : (
        <>
          {category ? (
            <ChosenCategory category={category} />
          ) : (
            <Categories {...{ categories }} here={openHere} onChoose={choose} />
          )}
          <Card {...(!category && { title: 'Или выберите врача' })}>
            {all.length > MANY && (
              <TextInput label="Специальность" type="search" value={words} onChange={setWords} autoComplete="off" />
            )}
            {sorted.length === 0 && <p className="soft">Такой специальности здесь нет.</p>}
            <Rows label="Специальности">
              {sorted.map((s) => (
                <Row
                  key={s.code}
                  title={s.title}
                  about={
                    refusals.get(s.code) ? (
                      <RuleWords refusal={refusals.get(s.code)!} />
                    ) : s.nearest ? (
                      `Ближайшее: ${dayWords(dayOf(s.nearest, zone), today)}`
                    ) : (
                      'Свободного времени нет'
                    )
                  }
                  {...(!refusals.get(s.code) && { onPress: () => go({ ...state, specialty: s.code }) })}
                />
              ))}
            </Rows>
          </Card>
        </>
      )}
    </Step>
  )
}
