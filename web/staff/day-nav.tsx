import type { ReactNode } from 'react'
import { addDays, Button, TextInput } from '../ui/index.ts'

type Props = { day: string; today: string; onChange: (day: string) => void; children?: ReactNode }

/** Chooses a day: by date, or step by step. Other filters may stand beside. */
export function DayNav({ day, today, onChange, children }: Props): ReactNode {
  return (
    <div className="toolbar">
      <TextInput
        label="День"
        type="date"
        width="middle"
        value={day}
        onChange={(next) => /^\d{4}-\d{2}-\d{2}$/.test(next) && onChange(next)}
      />
      <div className="cluster">
        <Button icon="previous" onClick={() => onChange(addDays(day, -1))} aria-label="День раньше" />
        <Button disabled={day === today} onClick={() => onChange(today)}>
          Сегодня
        </Button>
        <Button icon="next" onClick={() => onChange(addDays(day, 1))} aria-label="День позже" />
      </div>
      {children}
    </div>
  )
}
