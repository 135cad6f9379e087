import { enpCheckDigit } from '../../contracts/values.ts'
import type { NewPatient, PatientsImport } from '../modules/patients/index.ts'
import { addDays } from '../platform/time.ts'
import { Chance, demoId } from './chance.ts'
import { citizenFamilies } from './citizens.ts'
import type { Member } from './family.ts'
import { patronymicOf, pickFamily, pickFirstName, surnameOf } from './names.ts'
import { region, type DemoOrganization } from './organizations.ts'
import { demoAuthority, demoSnils } from './staff.ts'

export type DemoPatients = Pick<PatientsImport, 'patients' | 'attachments' | 'representations' | 'authorities'>

const streets: Record<string, string[]> = {
  Центральный: ['Садовая', 'Школьная', 'Мира', 'Цветочная', 'Вокзальная', 'Набережная', 'Пушкинская', 'Театральная'],
  Северный: ['Строителей', 'Парковая', 'Полевая', 'Берёзовая', 'Солнечная', 'Космонавтов', 'Северная'],
  Заводской: ['Заводская', 'Речная', 'Литейная', 'Рабочая', 'Трудовая', 'Паровозная'],
  Заречный: ['Советская', 'Заречная', 'Луговая', 'Мельничная'],
  Берёзовка: ['Центральная', 'Молодёжная', 'Лесная'],
}
const towns: Record<string, string> = { Заречный: 'г. Заречный', Берёзовка: 'с. Берёзовка' }
const WANTED = 5000

/** Children for whom nobody but the authority acts. */
const wards: { first: string; last: string; middle: string; sex: 'male' | 'female'; age: number }[] = [
  { last: 'Ветрова', first: 'Алиса', middle: 'Марковна', sex: 'female', age: 7 },
  { last: 'Ветров', first: 'Роман', middle: 'Маркович', sex: 'male', age: 11 },
  { last: 'Зимин', first: 'Егор', middle: 'Антонович', sex: 'male', age: 15 },
]

/** A birth date of somebody who is `age` full years today. */
function birthDateOf(chance: Chance, today: string, age: number): string {
  const year = Number(today.slice(0, 4)) - age
  const latest = `${year}${today.slice(4, 8)}${today.slice(8) > '28' ? '28' : today.slice(8)}`
  return addDays(latest, -chance.int(0, 360))
}

/** Families with their numbers, attachments and the children's representatives. */
export class PatientMaker {
  readonly #chance = new Chance('patients')
  readonly #today: string
  readonly #organizations: readonly DemoOrganization[]
  readonly #result = {
    patients: [] as NewPatient[],
    attachments: [] as PatientsImport['attachments'][number][],
    representations: [] as PatientsImport['representations'][number][],
  }

  constructor(today: string, organizations: readonly DemoOrganization[]) {
    this.#today = today
    this.#organizations = organizations
  }

  make(): DemoPatients {
    for (const family of citizenFamilies(this.#today)) this.#addFamily(family, 'Центральный')
    while (this.#result.patients.length < WANTED) this.#addFamily(this.#family(), this.#district())
    for (const ward of wards) this.#addWard(ward)
    return { ...this.#result, authorities: [demoAuthority] }
  }

  #district(): string {
    const r = this.#chance.next()
    return r < 0.34
      ? 'Центральный'
      : r < 0.64
        ? 'Северный'
        : r < 0.87
          ? 'Заводской'
          : r < 0.96
            ? 'Заречный'
            : 'Берёзовка'
  }

  /** Grown-ups of one age with their children, or elderly people. */
  #family(): Member[] {
    const chance = this.#chance
    const name = pickFamily(chance)
    const elderly = chance.happens(0.27)
    const age = elderly ? chance.int(58, 91) : chance.int(19, 57)
    const grown = (sex: 'male' | 'female', years: number): Member => ({
      first: pickFirstName(chance, sex, years),
      last: surnameOf(name, sex),
      middle: patronymicOf(pickFirstName(chance, 'male', years + 27), sex),
      sex,
      birthDate: birthDateOf(chance, this.#today, years),
      parent: true,
    })
    const mother = chance.happens(0.85) ? grown('female', age) : undefined
    const father = !mother || chance.happens(elderly ? 0.5 : 0.65) ? grown('male', age + chance.int(-2, 4)) : undefined
    const parents = [mother, father].filter((m) => m !== undefined)
    const children = elderly || age > 48 ? 0 : chance.int(0, age < 24 ? 1 : 3)
    for (let i = 0; i < children; i++) {
      const sex = chance.happens(0.5) ? ('male' as const) : ('female' as const)
      const years = chance.int(0, Math.min(17, age - 19))
      const fatherName = father?.first ?? pickFirstName(chance, 'male', age)
      parents.push({
        first: pickFirstName(chance, sex, years),
        last: surnameOf(name, sex),
        middle: patronymicOf(fatherName, sex),
        sex,
        birthDate: birthDateOf(chance, this.#today, years),
        parent: false,
      })
    }
    return parents
  }

  #addFamily(members: readonly Member[], district: string): void {
    const chance = this.#chance
    const home = `${region.name}, ${towns[district] ?? 'г. Энск'}, ул. ${chance.pick(streets[district]!)}, д. ${chance.int(1, 120)}, кв. ${chance.int(1, 160)}`
    const area = String(chance.int(1, 12))
    const parents: string[] = []
    for (const member of members) {
      const id = this.#addPatient(member, home)
      if (member.parent) parents.push(id)
      this.#attach(id, member, district, area)
      if (!member.parent) for (const parent of parents) this.#represent(id, parent, member.birthDate)
    }
  }

  #addPatient(member: Member, address: string): string {
    const n = this.#result.patients.length + 1
    const id = demoId('patient', n)
    const fifteen = `${region.code}${String(5_000_000_000_000 + n * 1009)}`.slice(0, 15)
    this.#result.patients.push({
      id,
      lastName: member.last,
      firstName: member.first,
      middleName: member.middle,
      birthDate: member.birthDate,
      sex: member.sex,
      snils: demoSnils('patient', n),
      enp: fifteen + enpCheckDigit(fifteen),
      inn: null,
      phone: member.parent
        ? `+7 (000) ${String(1_000_000 + n * 13).replace(/^(\d{3})(\d{2})(\d{2})$/, '$1-$2-$3')}`
        : null,
      email: null,
      address,
      noSnilsReason: null,
    })
    return id
  }

  /** Grown-ups to the polyclinic of their district, children to the children's one nearest to it. */
  #attach(patientId: string, member: Member, district: string, area: string): void {
    const kind = member.parent ? 'adults' : 'children'
    const place =
      this.#organizations.find((o) => o.district === district && (o.serves === kind || o.serves === 'everybody')) ??
      this.#organizations.find((o) => o.serves === kind)!
    if (this.#chance.happens(0.03)) return
    this.#result.attachments.push({
      patientId,
      id: demoId('attachment', patientId),
      organizationId: place.id,
      area,
      since: '2021-01-01',
    })
  }

  #addWard({ age, ...name }: (typeof wards)[number]): void {
    const birthDate = birthDateOf(this.#chance, this.#today, age)
    this.#addFamily([{ ...name, birthDate, parent: false }], 'Центральный')
    const patientId = this.#result.patients.at(-1)!.id
    this.#result.representations.push({
      patientId,
      id: demoId('ward', patientId),
      representativeId: null,
      authorityId: demoAuthority.id,
      basis: 'authority',
      document: `Акт № ${100 + age}`,
      documentKind: 'guardianship-act',
      since: addDays(this.#today, -200),
      until: lastDayBefore18(birthDate),
    })
  }

  #represent(patientId: string, representativeId: string, birthDate: string): void {
    this.#result.representations.push({
      patientId,
      id: demoId('representation', patientId, representativeId),
      representativeId,
      basis: 'parent',
      document: `Свидетельство о рождении I-ЭН № ${String(this.#result.representations.length + 500_001)}`,
      documentKind: 'birth-certificate',
      since: birthDate,
      until: lastDayBefore18(birthDate),
    })
  }
}

function lastDayBefore18(birthDate: string): string {
  const day = birthDate.slice(4) === '-02-29' ? '-03-01' : birthDate.slice(4)
  return addDays(`${Number(birthDate.slice(0, 4)) + 18}${day}`, -1)
}
