import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listDepartmentTimetables } from '../../../../contracts/schedules.ts'
import { useRead } from '../../../api/index.ts'
import { ButtonLink, EmptyState, ErrorState, Page, Select, Skeleton } from '../../../ui/index.ts'
import { at } from '../../addresses.ts'
import { useSession, type Workplace } from '../../session.tsx'
import { NoWorkplace } from '../no-workplace.tsx'
import { DepartmentWeeks } from './department-weeks.tsx'

const TITLE = 'Недели отделения'

/** The planned hours of a department's doctors, week by week, to be changed as a draft and published together. */
export default function DepartmentPage(): ReactNode {
  const { me, workplace } = useSession()
  const search = new URLSearchParams(useSearch())
  const [, navigate] = useLocation()
  if (me.organizationId === null) return <NoWorkplace title={TITLE} />
  const departments = departmentsOf(workplace)
  const chosen = departments.find((d) => d.id === search.get('department')) ?? departments[0]
  const back = { href: at.timetables(), label: 'К графикам врачей' }
  if (!workplace)
    return (
      <Page title={TITLE} back={back}>
        <Skeleton shape="card" label="Загружаем отделения" />
      </Page>
    )
  if (!chosen)
    return (
      <Page title={TITLE} back={back}>
        <EmptyState icon="people" title="В организации ещё нет врачей" />
      </Page>
    )
  return (
    <Page title={TITLE} back={back} lead="Правки остаются черновиком на этом устройстве, пока вы их не опубликуете">
      {departments.length > 1 && (
        <div className="toolbar">
          <Select
            label="Отделение"
            value={chosen.id}
            onChange={(department) => navigate(at.weeks({ department }), { replace: true })}
            options={departments.map((d) => ({ value: d.id, label: d.name }))}
          />
        </div>
      )}
      <Weeks key={chosen.id} departmentId={chosen.id} batchId={search.get('batch') ?? undefined} />
    </Page>
  )
}

/** Departments where somebody sees patients. */
function departmentsOf(workplace: Workplace | undefined) {
  const names = new Set(workplace?.staff.filter((s) => s.specialtyCode !== null).map((s) => s.departmentName))
  return (workplace?.departments ?? []).filter((d) => names.has(d.name))
}

function Weeks({ departmentId, batchId }: { departmentId: string; batchId: string | undefined }): ReactNode {
  const read = useRead(listDepartmentTimetables, { params: { departmentId } })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Загружаем графики" />
  if (read.data.timetables.length === 0)
    return (
      <EmptyState
        icon="clock"
        title="У врачей отделения ещё нет графиков"
        actions={
          <ButtonLink kind="primary" href={at.timetables()}>
            Создать график
          </ButtonLink>
        }
      >
        <p>Сначала создайте врачу график с кабинетом, потом его часы можно двигать здесь.</p>
      </EmptyState>
    )
  return <DepartmentWeeks departmentId={departmentId} timetables={read.data.timetables} batchId={batchId} />
}
