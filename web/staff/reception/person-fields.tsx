import { useState, type ReactNode } from 'react'
import { digitsOf } from '../../../contracts/formats.ts'
import { RadioCards, Select, TextInput } from '../../ui/index.ts'
import { withDots } from '../people/read-date.ts'
import { isJudged, sexByPatronymic, snilsAsTyped, type FieldName, type Flaws, type PersonForm } from './person-form.ts'

type Props = {
  person: PersonForm
  onChange: (person: PersonForm) => void
  flaws: Flaws
  /** Every field is judged: the form was sent. */
  judgeAll: boolean
}

const reasons = [
  { value: 'newborn', label: 'Новорождённый' },
  { value: 'foreigner', label: 'Иностранный гражданин' },
  { value: 'no-documents', label: 'Без документов' },
]
const sexes = [
  { value: 'female', title: 'Женский' },
  { value: 'male', title: 'Мужской' },
]

/** The fields of a person. Numbers are judged as soon as they are whole, other fields when they are left. */
export function PersonFields({ person, onChange, flaws, judgeAll }: Props): ReactNode {
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set())
  const set = (field: FieldName, value: string) => onChange({ ...person, [field]: value })
  const leave = (field: FieldName) => setLeft((before) => new Set(before).add(field))
  const errorOf = (field: FieldName) => (judgeAll || isJudged(field, person, left) ? flaws[field] : undefined)
  const text = (field: FieldName, label: string, more: Partial<Parameters<typeof TextInput>[0]> = {}) => (
    <TextInput
      label={label}
      name={field}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      value={person[field]}
      onChange={(value) => set(field, value)}
      onBlur={() => person[field].trim() && leave(field)}
      error={errorOf(field)}
      {...more}
    />
  )
  return (
    <div className="form-grid">
      {text('lastName', 'Фамилия', { autoCapitalize: 'words', autoFocus: true })}
      {text('firstName', 'Имя', { autoCapitalize: 'words' })}
      {text('middleName', 'Отчество', {
        optional: true,
        autoCapitalize: 'words',
        onChange: (middleName) => onChange({ ...person, middleName, sex: sexByPatronymic(middleName) || person.sex }),
      })}
      {text('birthDate', 'Дата рождения', {
        hint: 'ДД.ММ.ГГГГ, точки ставить не нужно',
        inputMode: 'numeric',
        width: 'short',
        maxLength: 10,
        onChange: (value) => set('birthDate', withDots(value, person.birthDate)),
      })}
      <RadioCards
        legend="Пол"
        columns
        value={person.sex || undefined}
        onChange={(value) => set('sex', value)}
        options={sexes}
        error={judgeAll ? flaws.sex : undefined}
      />
      {text('snils', 'СНИЛС', {
        inputMode: 'numeric',
        width: 'middle',
        onChange: (value) => set('snils', snilsAsTyped(value)),
      })}
      <Select
        label="Если СНИЛС нет — почему"
        name="noSnilsReason"
        placeholder="СНИЛС есть"
        value={person.noSnilsReason}
        onChange={(value) => set('noSnilsReason', value)}
        options={reasons}
        disabled={person.snils !== ''}
        error={judgeAll ? flaws.noSnilsReason : undefined}
      />
      {text('enp', 'Полис ОМС', {
        optional: true,
        hint: '16 цифр',
        inputMode: 'numeric',
        width: 'middle',
        onChange: (value) => set('enp', digitsOf(value).slice(0, 16)),
      })}
      {text('inn', 'ИНН', {
        optional: true,
        hint: '12 цифр',
        inputMode: 'numeric',
        width: 'middle',
        onChange: (value) => set('inn', digitsOf(value).slice(0, 12)),
      })}
      {text('phone', 'Телефон', { optional: true, inputMode: 'tel', width: 'middle' })}
      {text('email', 'Почта', { optional: true, inputMode: 'email' })}
      {text('address', 'Адрес', { optional: true })}
    </div>
  )
}
