import type { registerPatient } from '../../../contracts/patients.ts'
import { digitsOf, formatSnils, isEnp, isInn, isSnils } from '../../../contracts/formats.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { dateDigits } from '../../ui/index.ts'
import type { PersonDraft } from '../people/person-from-line.ts'
import { readDate } from '../people/read-date.ts'

/** A person as typed: every field is text, empty where nothing was typed. */
export type PersonForm = PersonDraft & {
  sex: 'male' | 'female' | ''
  noSnilsReason: 'newborn' | 'foreigner' | 'no-documents' | ''
  phone: string
  email: string
  address: string
}
export type FieldName = keyof PersonForm
export type Flaws = Partial<Record<FieldName, string>>

export const emptyForm: PersonForm = {
  lastName: '',
  firstName: '',
  middleName: '',
  birthDate: '',
  sex: '',
  snils: '',
  noSnilsReason: '',
  enp: '',
  inn: '',
  phone: '',
  email: '',
  address: '',
}

/** What is known of a person from elsewhere, as it would have been typed. */
export const formOf = (known: Partial<PersonDraft>): PersonForm => ({
  ...emptyForm,
  ...known,
  ...(known.birthDate && { birthDate: dateDigits(known.birthDate) }),
  ...(known.snils && { snils: formatSnils(known.snils) }),
  sex: sexByPatronymic(known.middleName ?? ''),
})

/** «Сергеевна» is a woman, «Сергеевич» a man; anything else says nothing. */
export function sexByPatronymic(middleName: string): PersonForm['sex'] {
  const name = middleName.trim().toLocaleLowerCase('ru')
  if (/(вна|чна|шна|кызы|гызы)$/.test(name)) return 'female'
  return /(вич|ьич|кич|мич|оглы|улы)$/.test(name) ? 'male' : ''
}

/** СНИЛС with its separators while it is typed: «11223344595» → «112-233-445 95». */
export function snilsAsTyped(text: string): string {
  const digits = digitsOf(text).slice(0, 11)
  const [a, b, c, d] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 9), digits.slice(9)]
  return [a, b, c].filter(Boolean).join('-') + (d && ` ${d}`)
}

const wrongNumber = (digits: string, length: number, is: (value: string) => boolean, name: string) => {
  if (digits.length !== length) return `В ${name} ${length} цифр, набрано ${digits.length}`
  return is(digits) ? undefined : `Контрольные цифры не сходятся: в ${name} опечатка`
}

/** What is wrong with the form, by field. The server checks again; this spares the wait and says it while one types. */
export function flawsOf(form: PersonForm, today: string): Flaws {
  const flaws: Flaws = {}
  const say = (field: FieldName, message: string | undefined | false) => {
    if (message) flaws[field] = message
  }
  say('lastName', !form.lastName.trim() && 'Введите фамилию')
  say('firstName', !form.firstName.trim() && 'Введите имя')
  say('birthDate', dateFlaw(form.birthDate, today))
  say('sex', !form.sex && 'Выберите пол')
  const snils = digitsOf(form.snils)
  if (snils) say('snils', wrongNumber(snils, 11, isSnils, 'СНИЛС'))
  else say('noSnilsReason', !form.noSnilsReason && 'Введите СНИЛС или выберите, почему его нет')
  const [enp, inn] = [digitsOf(form.enp), digitsOf(form.inn)]
  say('enp', enp !== '' && wrongNumber(enp, 16, isEnp, 'полисе'))
  say('inn', inn !== '' && wrongNumber(inn, 12, isInn, 'ИНН'))
  say('email', form.email.trim() !== '' && !/^\S+@\S+\.\S+$/.test(form.email.trim()) && 'В адресе почты опечатка')
  return flaws
}

function dateFlaw(text: string, today: string): string | undefined {
  if (!text.trim()) return 'Введите дату рождения'
  const day = readDate(text, today)
  if (!day) return 'Такой даты нет в календаре: нужно ДД.ММ.ГГГГ'
  if (day > today) return 'Эта дата ещё не наступила'
  return day < '1900-01-01' ? 'Раньше 1900 года: проверьте год' : undefined
}

/** Lengths at which a number is whole and can be judged while it is typed. */
const whole: Partial<Record<FieldName, number>> = { snils: 11, enp: 16, inn: 12, birthDate: 8 }

/** Whether a field can be judged already: it was left, or what is typed is as long as it gets. */
export const isJudged = (field: FieldName, form: PersonForm, left: ReadonlySet<FieldName>): boolean =>
  left.has(field) || digitsOf(form[field]).length >= (whole[field] ?? Number.POSITIVE_INFINITY)

type Registration = InputOf<typeof registerPatient>['body']
const orNull = (text: string) => text.trim() || null

/** The form without flaws as the server takes it. */
export function registrationOf(form: PersonForm, today: string): Registration {
  const snils = digitsOf(form.snils) || null
  return {
    lastName: form.lastName.trim(),
    firstName: form.firstName.trim(),
    middleName: orNull(form.middleName),
    birthDate: readDate(form.birthDate, today) ?? '',
    sex: form.sex || 'male',
    snils,
    noSnilsReason: snils ? null : form.noSnilsReason || null,
    enp: digitsOf(form.enp) || null,
    inn: digitsOf(form.inn) || null,
    phone: orNull(form.phone),
    email: orNull(form.email),
    address: orNull(form.address),
  }
}
