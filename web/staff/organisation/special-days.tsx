import { useState, type ReactNode } from 'react'
import { Button, dateDigits, Icon, TextInput } from '../../ui/index.ts'
import { DayHours } from './hours-editor.tsx'
import type { TimetableForm } from './timetable-form.ts'

type Props = {
  form: TimetableForm
  onChange: (next: Partial<TimetableForm>) => void
  errorOf: (path: string) => string | undefined
}

/** Dates that differ from what repeats: with hours of their own, or without any. */
export function SpecialDays({ form, onChange, errorOf }: Props): ReactNode {
  const [day, setDay] = useState('')
  const dates = [...new Set(form.hours.flatMap((h) => h.date ?? []))].sort()
  const known = dates.includes(day) || form.daysOff.includes(day)
  const add = (next: Partial<TimetableForm>) => {
    onChange(next)
    setDay('')
  }
  return (
    <div className="stack">
      <div className="with-button">
        <TextInput
          label="Дата, в которую приём другой"
          type="date"
          width="middle"
          value={day}
          onChange={setDay}
          error={known ? 'Этот день уже есть ниже' : undefined}
        />
        <Button
          icon="plus"
          disabled={!day || known}
          onClick={() => add({ hours: [...form.hours, { date: day, starts: '08:00', ends: '14:00' }] })}
        >
          Свои часы
        </Button>
        <Button icon="cross" disabled={!day || known} onClick={() => add({ daysOff: [...form.daysOff, day].sort() })}>
          Приёма нет
        </Button>
      </div>
      {dates.length > 0 && (
        <div className="week">
          {dates.map((date) => (
            <DayHours
              key={date}
              name={dateDigits(date)}
              when={{ date }}
              hours={form.hours}
              setHours={(hours) => onChange({ hours })}
              errorOf={errorOf}
            />
          ))}
        </div>
      )}
      {form.daysOff.length > 0 && (
        <ul className="chips" aria-label="Дни без приёма">
          {form.daysOff.map((off, i) => (
            <li key={off} className="chip">
              <span>{dateDigits(off)} — приёма нет</span>
              <button
                type="button"
                className="icon-button"
                onClick={() => onChange({ daysOff: form.daysOff.filter((d) => d !== off) })}
              >
                <Icon name="cross" size={18} />
                <span className="visually-hidden">Вернуть обычные часы {dateDigits(off)}</span>
              </button>
              {errorOf(`daysOff.${i}`) && <p className="field__error">{errorOf(`daysOff.${i}`)}</p>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
