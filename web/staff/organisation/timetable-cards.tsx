import { useMemo, type ReactNode } from 'react'
import { Card } from '../../ui/index.ts'
import { useToday } from '../session.tsx'
import { HoursEditor } from './hours-editor.tsx'
import { SpecialDays } from './special-days.tsx'
import { Channels, Patients } from './timetable-conditions.tsx'
import { templateOf, type TimetableForm } from './timetable-form.ts'
import { TimetablePreview } from './timetable-preview.tsx'

type Props = {
  form: TimetableForm
  onChange: (next: Partial<TimetableForm>) => void
  errorOf: (path: string) => string | undefined
}

/** When the doctor receives: hours that repeat, and days that are otherwise. */
export const HoursCards = (parts: Props): ReactNode => (
  <>
    <Card title="Часы приёма">
      <HoursEditor {...parts} />
    </Card>
    <Card title="Особые дни">
      <SpecialDays {...parts} />
    </Card>
  </>
)

/** Whom and by whom, and what comes of all that stands above. */
export function ConditionCards(parts: Props): ReactNode {
  const { form } = parts
  const today = useToday()
  const template = useMemo(() => templateOf(form), [form])
  return (
    <>
      <Card title="Каких пациентов принимают">
        <Patients {...parts} />
      </Card>
      <Card title="Кто записывает">
        <Channels {...parts} />
      </Card>
      <Card title="Что получится">
        <TimetablePreview template={template} today={today} worksOnHolidays={form.worksOnHolidays} />
      </Card>
    </>
  )
}

/** Leads to the first field that something is wrong with, once it is drawn so. */
export const focusFlaw = (form: HTMLFormElement | null): void =>
  void requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
