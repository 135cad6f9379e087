import type { ReactNode } from 'react'
import { listSchedules, type Schedule } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import {
  Badge,
  ButtonLink,
  Card,
  classes,
  count,
  dateDigits,
  EmptyState,
  ErrorState,
  Facts,
  Page,
  Skeleton,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ArrowList } from '../keyboard/arrow-list.tsx'
import { useSession, useToday, type Workplace } from '../session.tsx'
import { NoWorkplace } from './no-workplace.tsx'
import {
  agesWords,
  byWeekday,
  channelWords,
  hoursWords,
  otherHours,
  timesInWeek,
  weekdayNames,
} from './weekly-hours.ts'

/** Weekly timetables of the doctors of one's organisation. */
export default function TimetablesPage({ staffId }: { staffId?: string }): ReactNode {
  const { me, workplace } = useSession()
  if (me.organizationId === null) return <NoWorkplace title="Графики врачей" />
  const doctors = doctorsOf(workplace)
  const doctor = doctors.find((d) => d.id === staffId)
  return (
    <Page
      title="Графики врачей"
      lead={doctor ? `${doctor.name}, ${doctor.specialtyTitle?.toLowerCase()}` : undefined}
      actions={
        <>
          {doctor && (
            <ButtonLink kind="primary" icon="plus" href={at.newTimetable(doctor.id)}>
              Новый график
            </ButtonLink>
          )}
          <ButtonLink href={at.absences()}>Отсутствия и закрытия</ButtonLink>
          <ButtonLink href={at.weeks()}>Недели отделения</ButtonLink>
          <ButtonLink href={at.publication()}>Горизонт записи</ButtonLink>
        </>
      }
    >
      <div className="columns columns--list-first">
        {!workplace ? (
          <Skeleton shape="card" label="Загружаем врачей" />
        ) : (
          <Card title="Врачи">
            <Doctors doctors={doctors} current={staffId} />
          </Card>
        )}
        {staffId ? (
          <Timetables staffId={staffId} />
        ) : (
          <EmptyState icon="clock" title="Выберите врача">
            <p>Здесь будут его часы приёма по дням недели.</p>
          </EmptyState>
        )}
      </div>
    </Page>
  )
}

type Doctor = Workplace['staff'][number]

/** Those who can have a timetable: with a specialty. */
const doctorsOf = (workplace: Workplace | undefined): Doctor[] =>
  (workplace?.staff ?? []).filter((s) => s.specialtyCode !== null).sort((a, b) => a.name.localeCompare(b.name, 'ru'))

function Doctors({ doctors, current }: { doctors: readonly Doctor[]; current: string | undefined }): ReactNode {
  return (
    <ArrowList>
      <ul className="choice-list" aria-label="Врачи">
        {doctors.map((d) => (
          <li key={d.id}>
            <a
              className={classes('choice-list__item', d.id === current && 'choice-list__item--on')}
              href={at.timetables(d.id)}
              aria-current={d.id === current ? 'true' : undefined}
              data-stop
            >
              <span>{d.name}</span>
              <span className="soft small">{d.specialtyTitle}</span>
            </a>
          </li>
        ))}
      </ul>
    </ArrowList>
  )
}

function Timetables({ staffId }: { staffId: string }): ReactNode {
  const read = useRead(listSchedules, { query: { staffId } })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Загружаем графики" />
  if (read.data.schedules.length === 0)
    return (
      <EmptyState
        icon="clock"
        title="У врача ещё нет графика"
        actions={
          <ButtonLink kind="primary" href={at.newTimetable(staffId)}>
            Создать график
          </ButtonLink>
        }
      >
        <p>Пока его нет, записаться к врачу нельзя.</p>
      </EmptyState>
    )
  return (
    <div className="stack">
      {read.data.schedules.map((schedule) => (
        <Timetable key={schedule.id} schedule={schedule} />
      ))}
    </div>
  )
}

function Timetable({ schedule }: { schedule: Schedule }): ReactNode {
  const { workplace } = useSession()
  const today = useToday()
  const { validFrom, validUntil, hours, slotMinutes } = schedule
  const rooms = workplace?.departments.flatMap((d) => d.rooms) ?? []
  const state =
    validUntil !== null && validUntil < today ? 'Закончился' : validFrom > today ? 'Ещё не начался' : 'Действует'
  return (
    <Card
      title={`С ${dateDigits(validFrom)}${validUntil ? ` по ${dateDigits(validUntil)}` : ''}`}
      aside={<Badge kind={state === 'Действует' ? 'success' : 'plain'}>{state}</Badge>}
    >
      <Facts
        items={[
          ...byWeekday(hours).map((list, i) => [weekdayNames[i]!, hoursWords(list)] as const),
          ...otherHours(hours).map(({ when, hours: list }) => [when, hoursWords(list)] as const),
        ]}
      />
      <hr />
      <Facts
        items={[
          ['Кабинет', rooms.find((room) => room.id === schedule.roomId)?.number ?? '—'],
          ['Один приём', count(slotMinutes, ['минута', 'минуты', 'минут'])],
          ['В неделю', count(timesInWeek(hours, slotMinutes), ['приём', 'приёма', 'приёмов'])],
          ['Записывают', channelWords(schedule.channels)],
          ['Пациентов', agesWords(schedule.ageFrom, schedule.ageTo)],
          ['Открыто по', schedule.publishedUntil ? dateDigits(schedule.publishedUntil) : 'ещё не открыто'],
        ]}
      />
      <div className="cluster">
        {state !== 'Закончился' && (
          <ButtonLink href={at.editTimetable(schedule.staffId, schedule.id)}>Изменить</ButtonLink>
        )}
        <ButtonLink href={at.timetableHistory(schedule.staffId, schedule.id)}>История</ButtonLink>
      </div>
    </Card>
  )
}
