import { formatSnils } from '../../../contracts/formats.ts'
import type { PatientRow } from '../../../contracts/patients.ts'
import { ageWords, dateDigits } from '../../ui/index.ts'

/** «12.03.1985, 41 год»: what is asked first to tell people of one name apart. */
export const bornWords = (birthDate: string, today: string): string =>
  `${dateDigits(birthDate)}, ${ageWords(birthDate, today)}`

export const sexWords = (sex: PatientRow['sex']): string => (sex === 'male' ? 'мужской' : 'женский')

/** Everything that tells a person from another in one line; what is not known is left out. */
export const personWords = (person: PatientRow, today: string): string =>
  [
    bornWords(person.birthDate, today),
    person.snils && `СНИЛС ${formatSnils(person.snils)}`,
    person.enp && `полис ${person.enp}`,
    person.address,
  ]
    .filter(Boolean)
    .join(' · ')

type Named = { lastName: string; firstName: string; middleName: string | null }
export const fullName = ({ lastName, firstName, middleName }: Named): string =>
  [lastName, firstName, middleName].filter(Boolean).join(' ')
