import { useState, type ReactNode } from 'react'
import { listAbsences, listSchedules, removeAbsence, showDayGrid, type Absence } from '../../../contracts/schedules.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  Button,
  ButtonLink,
  Card,
  Dialog,
  EmptyState,
  ErrorState,
  Page,
  showToast,
  Skeleton,
  stampWords,
  Table,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { NoWorkplace } from '../organisation/no-workplace.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession } from '../session.tsx'
import { absenceTitle, kindWords } from './absence-words.ts'
import { AskedList } from './asked-list.tsx'

const title = 'Отсутствия и закрытия'

/** Who and what is away at one's organisation, and whom this has moved. */
export default function AbsencesPage(): ReactNode {
  const { me } = useSession()
  if (me.organizationId === null) return <NoWorkplace title={title} />
  return (
    <Page
      title={title}
      lead="Время приёма закрывается само, записанных пациентов вы увидите до того, как что-то изменится"
      actions={
        <>
          <ButtonLink kind="primary" icon="plus" href={at.newAbsence()}>
            Новое отсутствие
          </ButtonLink>
          <ButtonLink href={at.holidays()}>Производственный календарь</ButtonLink>
        </>
      }
    >
      <Absences />
      <AskedList />
    </Page>
  )
}

function Absences(): ReactNode {
  const read = useRead(listAbsences, {})
  const [ending, setEnding] = useState<Absence | undefined>(undefined)
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Загружаем отсутствия" />
  const { absences, timeZone } = read.data
  if (absences.length === 0)
    return (
      <EmptyState icon="calendar" title="Все на месте">
        <p>Отпуска, больничные, закрытия кабинетов и всей организации появятся здесь.</p>
      </EmptyState>
    )
  return (
    <Card>
      <Table
        caption="Отсутствия и закрытия, которые идут или предстоят"
        rows={absences}
        keyOf={(absence) => absence.id}
        columns={columnsOf(timeZone, setEnding)}
      />
      {ending && <EndDialog absence={ending} onClose={() => setEnding(undefined)} />}
    </Card>
  )
}

const columnsOf = (
  zone: string,
  onEnd: (absence: Absence) => void,
): Parameters<typeof Table<Absence>>[0]['columns'] => [
  { name: 'Кто или что', heading: true, cell: absenceTitle },
  { name: 'Почему', cell: (a) => `${kindWords[a.kind]}. ${a.reason}` },
  { name: 'С', cell: (a) => stampWords(a.startsAt, zone) },
  { name: 'До', cell: (a) => stampWords(a.endsAt, zone) },
  { name: 'Замещает', cell: (a) => a.substituteName ?? '—' },
  { name: 'Действия', cell: (a) => endCell(a, onEnd) },
]

const endCell = (absence: Absence, onEnd: (absence: Absence) => void): ReactNode => (
  <Button size="small" onClick={() => onEnd(absence)}>
    Снять<span className="visually-hidden">: {absenceTitle(absence)}</span>
  </Button>
)

function EndDialog({ absence, onClose }: { absence: Absence; onClose: () => void }): ReactNode {
  const remove = useAction(removeAbsence, {
    refreshes: [listAbsences, listSchedules, showDayGrid],
    onDone: ({ opened, closed }) => {
      onClose()
      showToast({ text: `Снято. Открылось мест: ${opened}${closed > 0 ? `, осталось закрыто: ${closed}` : ''}` })
    },
  })
  return (
    <Dialog
      open
      title={`Снять: ${absenceTitle(absence)}?`}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            busy={remove.busy}
            busyText="Снимаем…"
            onClick={() => remove.run({ params: { absenceId: absence.id } })}
          >
            Снять
          </Button>
          <Button onClick={onClose}>Оставить</Button>
        </>
      }
    >
      <p>
        Закрытое время снова откроется; первым его получат те, кто в листе ожидания. Перенесённые и отменённые записи
        назад не вернутся.
      </p>
      {absence.substituteName && <p>График замещающего врача останется, пока его не изменят.</p>}
      {!remove.busy && <ProblemNotice refusal={remove.refusal} />}
    </Dialog>
  )
}
