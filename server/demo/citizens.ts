import { snilsCheckDigits } from '../../contracts/values.ts'
import type { DemoCitizen } from '../exchange/esia/index.ts'
import type { NewPatient } from '../modules/patients/index.ts'
import type { Member } from './family.ts'

type Person = [last: string, first: string, middle: string, sex: 'male' | 'female', age: number, day: string]

const families: Person[][] = [
  [
    ['Смирнова', 'Мария', 'Андреевна', 'female', 36, '04-12'],
    ['Смирнов', 'Михаил', 'Павлович', 'male', 9, '02-03'],
    ['Смирнова', 'Анна', 'Павловна', 'female', 4, '10-21'],
  ],
  [['Кузнецов', 'Алексей', 'Викторович', 'male', 47, '08-30']],
  [['Попова', 'Нина', 'Фёдоровна', 'female', 71, '01-15']],
  [['Волков', 'Дмитрий', 'Сергеевич', 'male', 29, '06-06']],
  [
    ['Соколов', 'Игорь', 'Петрович', 'male', 41, '11-02'],
    ['Соколов', 'Лев', 'Игоревич', 'male', 13, '05-27'],
  ],
  [['Фёдорова', 'Людмила', 'Ивановна', 'female', 64, '03-08']],
  [['Морозова', 'Екатерина', 'Олеговна', 'female', 31, '09-19']],
  [['Никитин', 'Павел', 'Романович', 'male', 55, '12-01']],
  [['Андреева', 'Ольга', 'Николаевна', 'female', 26, '07-14']],
  [['Титов', 'Геннадий', 'Васильевич', 'male', 78, '05-09']],
]

const born = (today: string, age: number, day: string): string =>
  `${Number(today.slice(0, 4)) - age - (day > today.slice(5) ? 1 : 0)}-${day}`

/** The families of those who sign in through the demo's Госуслуги: the first patients of the region. */
export const citizenFamilies = (today: string): Member[][] =>
  families.map((family) =>
    family.map(([last, first, middle, sex, age, day], i) => ({
      first,
      last,
      middle,
      sex,
      birthDate: born(today, age, day),
      parent: i === 0,
    })),
  )

/** How each of the twelve signs in, and why they are in the list. `as` replaces what ЕСИА says of them. */
const signIns: { last: string; about: string; as?: Partial<DemoCitizen> }[] = [
  { last: 'Смирнова', about: 'двое детей: записывайте себя, Мишу или Аню' },
  { last: 'Кузнецов', about: 'карта с несколькими приёмами' },
  { last: 'Попова', about: 'пенсионерка с длинной историей' },
  { last: 'Волков', about: 'молодой человек, карта почти пустая' },
  { last: 'Соколов', about: 'отец подростка' },
  { last: 'Фёдорова', about: 'наблюдается у кардиолога' },
  { last: 'Андреева', about: 'к врачам ходит редко' },
  { last: 'Титов', about: 'пожилой пациент' },
  { last: 'Морозова', about: 'сменила фамилию: в карте ещё прежняя, решит регистратор', as: { lastName: 'Орлова' } },
  { last: 'Никитин', about: 'дата рождения в карте другая: решит регистратор', as: { birthDate: '1971-01-12' } },
]

const esiaOid = (n: number): string => String(1_000_400_000 + n * 17)

/** The dozen of citizens of the demo's Госуслуги. `patients` are the region's, where each is found by name. */
export function demoCitizens(patients: readonly NewPatient[]): DemoCitizen[] {
  const listed = signIns.map(({ last, about, as }, i): DemoCitizen => {
    const patient = patients.find((p) => p.lastName === last && p.noSnilsReason === null)!
    const children = patients.filter((p) => p.address === patient.address && p !== patient)
    return {
      esiaOid: esiaOid(i + 1),
      trusted: true,
      lastName: patient.lastName,
      firstName: patient.firstName,
      middleName: patient.middleName,
      birthDate: patient.birthDate,
      sex: patient.sex,
      snils: patient.snils,
      inn: null,
      phone: patient.phone,
      email: null,
      address: patient.address,
      enp: patient.enp,
      children: children.map(({ lastName, firstName, middleName, birthDate, sex, snils }) => ({
        lastName,
        firstName,
        middleName,
        birthDate,
        sex,
        snils,
      })),
      about,
      ...as,
    }
  })
  return [...listed, newcomer(), unconfirmed()]
}

const nobody = { inn: null, phone: null, email: null, address: null, enp: null, children: [] }
const snilsOf = (nine: string): string => nine + snilsCheckDigits(nine)

/** Her СНИЛС is in no card of the region: the registrar's queue. */
const newcomer = (): DemoCitizen => ({
  ...nobody,
  esiaOid: esiaOid(11),
  trusted: true,
  lastName: 'Новикова',
  firstName: 'Елена',
  middleName: 'Павловна',
  birthDate: '1994-03-25',
  sex: 'female',
  snils: snilsOf('955000111'),
  about: 'недавно переехала: её карты в регионе ещё нет',
})

const unconfirmed = (): DemoCitizen => ({
  ...nobody,
  esiaOid: esiaOid(12),
  trusted: false,
  lastName: 'Лебедев',
  firstName: 'Артём',
  middleName: 'Игоревич',
  birthDate: '2004-10-08',
  sex: 'male',
  snils: snilsOf('955000222'),
  about: 'учётная запись не подтверждена',
})
