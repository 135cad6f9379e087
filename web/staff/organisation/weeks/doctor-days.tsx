import { useState, type ReactNode } from 'react'
import { Button, capital, Card, Select } from '../../../ui/index.ts'
import { kindWords } from '../weekly-hours.ts'
import type { Opened } from './block-dialog.tsx'
import { clockOf, type Plan } from './plan.ts'
import { blocksAt, isOpen, type WeekDay, type WeekRow } from './week-row.tsx'

type Props = {
  rows: readonly WeekRow[]
  days: readonly WeekDay[]
  planFor: (id: string) => Plan
  onOpen: (opened: Opened) => void
}

/** The grid for a phone: one doctor's week, day under day. */
export function DoctorDays({ rows, days, planFor, onOpen }: Props): ReactNode {
  const [id, setId] = useState(rows[0]!.id)
  const row = rows.find((r) => r.id === id) ?? rows[0]!
  const plan = planFor(row.id)
  return (
    <Card title={row.name}>
      <Select
        label="Врач"
        value={row.id}
        onChange={setId}
        options={rows.map((r) => ({ value: r.id, label: `${r.name}, каб. ${r.room}` }))}
      />
      <ul className="doctor-days">
        {days.map((column) => {
          const blocks = blocksAt(row, plan, column)
          const open = isOpen(row, column)
          return (
            <li key={column.day} className="doctor-days__day">
              <span className="strong">{capital(column.aloud)}</span>
              <div className="cluster">
                {blocks.map((block) => (
                  <Button
                    key={block.starts}
                    size="small"
                    disabled={!open}
                    onClick={() => onOpen({ row, column, block })}
                  >
                    {clockOf(block.starts)}–{clockOf(block.ends)}
                    {block.kind && `, ${kindWords[block.kind]}`}
                  </Button>
                ))}
                {blocks.length === 0 && <span className="soft">Приёма нет</span>}
                {open && (
                  <Button
                    size="small"
                    kind="plain"
                    icon="plus"
                    aria-label={`Добавить часы: ${column.aloud}`}
                    onClick={() => onOpen({ row, column, block: undefined })}
                  >
                    Часы
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
