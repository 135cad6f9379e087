import type { LinkRequest, PatientRow } from '../../../contracts/patients.ts'
import { dateDigits } from '../../ui/index.ts'

const reasons: Record<LinkRequest['reason'], string> = {
  'snils-unknown':
    'Карты с таким СНИЛС нет. Найдите карту по имени и дате рождения; если человек у нас впервые, зарегистрируйте его.',
  'name-differs': 'СНИЛС совпал, но имя в карте другое.',
  'birth-date-differs': 'СНИЛС совпал, но дата рождения в карте другая.',
  'already-linked': 'Карта уже подключена к другой учётной записи. Если подключить её к этой, прежняя её потеряет.',
}

export const reasonWords = (reason: LinkRequest['reason']): string => reasons[reason]

type Compared = { what: string; claimed: string | null; known: string | null; same: boolean }

/** Names that differ by case, ё or blanks are the same name. */
const plain = (text: string | null): string =>
  (text ?? '').toLocaleLowerCase('ru').replaceAll('ё', 'е').replace(/\s+/g, ' ').trim()

const sexes = { male: 'мужской', female: 'женский' } as const

/** What an account says of a person and what a card says, line by line. What the account does not say is no difference. */
export function compared(claimed: LinkRequest['claimed'], card: PatientRow): Compared[] {
  const name = [claimed.lastName, claimed.firstName, claimed.middleName].filter(Boolean).join(' ')
  const pairs: [string, string | null, string | null][] = [
    ['Имя', name, card.name],
    ['Дата рождения', claimed.birthDate, card.birthDate],
    ['Пол', claimed.sex && sexes[claimed.sex], sexes[card.sex]],
    ['СНИЛС', claimed.snils, card.snils],
  ]
  return pairs.map(([what, theirs, ours]) => ({
    what,
    claimed: theirs,
    known: ours,
    same: !theirs || plain(theirs) === plain(ours),
  }))
}

/** What an account says of a person as one line, which the form of a new patient is filled in from. */
export const lineOf = ({ lastName, firstName, middleName, birthDate, snils }: LinkRequest['claimed']): string =>
  [lastName, firstName, middleName, birthDate && dateDigits(birthDate), snils].filter(Boolean).join(' ')
