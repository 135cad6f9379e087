import { fullYears } from '../../modules/patients/index.ts'

/** Age from which a citizen of Russia has a passport. */
const PASSPORT_AGE = 14
/** Age from which a person comes to the doctor without a parent (323-ФЗ, статья 54, часть 2). */
const ALONE_AGE = 15

/** What to take along, by the patient's age on the day of the visit. Both days are 'YYYY-MM-DD'. */
export function whatToBring(birthDate: string, day: string): string[] {
  const age = fullYears(birthDate, day)
  return [
    age < PASSPORT_AGE ? 'свидетельство о рождении' : 'паспорт',
    'полис ОМС (можно на телефоне)',
    'СНИЛС',
    ...(age < ALONE_AGE ? ['паспорт родителя или опекуна, который придёт с ребёнком'] : []),
  ]
}
