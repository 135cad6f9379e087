import { snilsCheckDigits } from '../../contracts/values.ts'
import type { NewPractitioner, NewRole, NewRoom } from '../modules/organizations/index.ts'
import type { NewTimetable } from '../modules/schedules/index.ts'
import { Chance, demoId } from './chance.ts'
import { patronymicOf, pickFamily, pickFirstName, surnameOf } from './names.ts'
import { demoSpecialties, type DemoOrganization, type DemoSpecialtyName } from './organizations.ts'

export type DemoRole =
  | 'doctor'
  | 'registrar'
  | 'call-centre'
  | 'head'
  | 'guardianship-officer'
  | 'administrator'
  | 'security-officer'
export type DemoEmployee = {
  accountId: string
  login: string
  role: DemoRole
  organizationId: string | null
  staffId: string | null
  specialty: DemoSpecialtyName | null
  person: NewPractitioner
  name: string
  about: string
}
export type DemoStaff = {
  employees: DemoEmployee[]
  practitioners: NewPractitioner[]
  roles: NewRole[]
  rooms: NewRoom[]
  timetables: NewTimetable[]
}

/** Everybody's password in the demo. It is shown beside the sign-in form, and `rmis serve` refuses such a database. */
export const DEMO_PASSWORD = 'demo-2026'

const REGISTRAR = '179'
const HEAD = '7'

/** СНИЛС of the demo begin with 9: numbers that are not given out yet. */
export const demoSnils = (kind: 'staff' | 'patient', n: number): string => {
  const nine = String((kind === 'staff' ? 900_000_000 : 910_000_000) + n * 37)
  return nine + snilsCheckDigits(nine)
}

/** The guardianship authority of the region's capital. */
export const demoAuthority = {
  id: demoId('authority', 1),
  name: 'Отдел опеки и попечительства администрации города Энска',
  address: 'г. Энск, ул. Мира, д. 1',
  phone: '+7 (000) 200-10-10',
}

/** The people the greeting names: they are where a visitor looks first, and work every day. */
const known: Record<string, { last: string; first: string; middle: string; login: string; about: string }> = {
  'doctor 1 therapy 0': {
    last: 'Иванова',
    first: 'Анна',
    middle: 'Сергеевна',
    login: 'ivanova',
    about: 'терапевт, Поликлиника № 1',
  },
  'doctor 1 cardiology 0': {
    last: 'Орлов',
    first: 'Олег',
    middle: 'Игоревич',
    login: 'orlov',
    about: 'кардиолог, Поликлиника № 1',
  },
  'doctor 4 paediatrics 0': {
    last: 'Белова',
    first: 'Дарья',
    middle: 'Олеговна',
    login: 'belova',
    about: 'педиатр, Детская поликлиника № 1',
  },
  'registrar 1': {
    last: 'Кузнецова',
    first: 'Вера',
    middle: 'Ильинична',
    login: 'kuznetsova',
    about: 'регистратор, Поликлиника № 1',
  },
  'registrar 4': {
    last: 'Зуева',
    first: 'Ольга',
    middle: 'Петровна',
    login: 'zueva',
    about: 'регистратор, Детская поликлиника № 1',
  },
  'head 1': { last: 'Громов', first: 'Иван', middle: 'Ильич', login: 'gromov', about: 'заведующий, Поликлиника № 1' },
  'call-centre 0': {
    last: 'Звонарёва',
    first: 'Инна',
    middle: 'Павловна',
    login: 'zvonareva',
    about: 'оператор колл-центра региона',
  },
  'guardianship-officer 0': {
    last: 'Опекунова',
    first: 'Раиса',
    middle: 'Львовна',
    login: 'opekunova',
    about: 'сотрудник органа опеки',
  },
  'administrator 0': {
    last: 'Савина',
    first: 'Марина',
    middle: 'Юрьевна',
    login: 'savina',
    about: 'администратор региона',
  },
  'security-officer 0': {
    last: 'Стражев',
    first: 'Лев',
    middle: 'Романович',
    login: 'strazhev',
    about: 'специалист по безопасности',
  },
}

/** The logins to try first. */
export const famousLogins = Object.values(known).map(({ login, about }) => ({ login, about }))

/** Doctors, registrars, heads and officers of the region with rooms and weekly hours. */
export class StaffMaker {
  readonly #chance = new Chance('staff')
  readonly #result: DemoStaff = { employees: [], practitioners: [], roles: [], rooms: [], timetables: [] }
  readonly #today: string
  #count = 0

  constructor(today: string) {
    this.#today = today
  }

  make(organizations: readonly DemoOrganization[]): DemoStaff {
    for (const organization of organizations) {
      organization.departments.forEach((department, d) => {
        let room = 100 * (d + 1)
        for (const [name, count] of Object.entries(department.doctors) as [DemoSpecialtyName, number][])
          for (let i = 0; i < count; i++) this.#addDoctor(organization, department.id, name, i, String(++room))
      })
      this.#addOther('registrar', organization)
      if (organization.departments.length > 1) this.#addOther('head', organization)
    }
    this.#addOfficer('administrator')
    this.#addOfficer('security-officer')
    this.#addOfficer('call-centre')
    this.#addOfficer('guardianship-officer', demoAuthority.id)
    return this.#result
  }

  #person(key: string): { person: NewPractitioner; login: string; about: string | undefined } {
    const chance = this.#chance
    const famous = known[key]
    const sex = famous ? (famous.middle.endsWith('на') ? 'female' : 'male') : chance.happens(0.72) ? 'female' : 'male'
    const age = chance.int(27, 68)
    const n = ++this.#count
    const person: NewPractitioner = {
      id: demoId('practitioner', key),
      snils: demoSnils('staff', n),
      lastName: famous?.last ?? surnameOf(pickFamily(chance), sex),
      firstName: famous?.first ?? pickFirstName(chance, sex, age),
      middleName: famous?.middle ?? patronymicOf(pickFirstName(chance, 'male', age + 28), sex),
      sex,
      birthDate: `${Number(this.#today.slice(0, 4)) - age}-${String(chance.int(1, 12)).padStart(2, '0')}-${String(chance.int(1, 28)).padStart(2, '0')}`,
    }
    return { person, login: famous?.login ?? `demo${String(n).padStart(3, '0')}`, about: famous?.about }
  }

  #add(
    key: string,
    role: DemoRole,
    about: string,
    place: {
      organizationId: string
      departmentId: string
      positionCode: string
      specialty: DemoSpecialtyName | null
    } | null,
  ): DemoEmployee {
    const { person, login, about: known } = this.#person(key)
    const staffId = place && demoId('role', key)
    const employee: DemoEmployee = {
      accountId: demoId('employee', key),
      login,
      role,
      organizationId: place?.organizationId ?? null,
      staffId,
      specialty: place?.specialty ?? null,
      person,
      name: `${person.lastName} ${person.firstName} ${person.middleName}`,
      about: known ?? about,
    }
    this.#result.employees.push(employee)
    if (!place || !staffId) return employee
    this.#result.practitioners.push(person)
    this.#result.roles.push({
      organizationId: place.organizationId,
      id: staffId,
      practitionerId: person.id,
      departmentId: place.departmentId,
      specialtyCode: place.specialty && demoSpecialties[place.specialty].code,
      positionCode: place.positionCode,
      since: `${Number(this.#today.slice(0, 4)) - this.#chance.int(3, 15)}-09-01`,
      until: null,
    })
    return employee
  }

  #addDoctor(
    organization: DemoOrganization,
    departmentId: string,
    name: DemoSpecialtyName,
    i: number,
    roomNumber: string,
  ): void {
    const key = `doctor ${organization.number} ${name} ${i}`
    const specialty = demoSpecialties[name]
    const place = { organizationId: organization.id, departmentId, positionCode: specialty.position, specialty: name }
    const { staffId } = this.#add(key, 'doctor', organization.shortName, place)
    const roomId = demoId('room', key)
    this.#result.rooms.push({
      organizationId: organization.id,
      id: roomId,
      departmentId,
      number: roomNumber,
      floor: Number(roomNumber[0]),
    })
    const portal = organization.kind !== 'hospital' || this.#chance.happens(0.7)
    this.#result.timetables.push({
      organizationId: organization.id,
      id: demoId('timetable', key),
      staffId: staffId!,
      specialtyCode: specialty.code,
      roomId,
      slotMinutes: specialty.minutes,
      channels: portal ? ['portal', 'registrar', 'doctor'] : ['registrar', 'doctor'],
      ...agesAt(organization, specialty.ages),
      validFrom: `${Number(this.#today.slice(0, 4)) - 1}-01-01`,
      validUntil: null,
      hours: this.#hours(known[key] !== undefined),
    })
  }

  /** Two shifts by turns on workdays, a short Saturday for some; those a visitor looks at first work every day. */
  #hours(everyDay: boolean): NewTimetable['hours'] {
    if (everyDay) return Array.from({ length: 7 }, (_, d) => ({ weekday: d + 1, starts: '08:00', ends: '20:00' }))
    const early = this.#chance.happens(0.5)
    const hours = [1, 2, 3, 4, 5].map((weekday) =>
      (weekday % 2 === 1) === early
        ? { weekday, starts: '08:00', ends: '14:00' }
        : { weekday, starts: '14:00', ends: '20:00' },
    )
    return this.#chance.happens(0.25) ? [...hours, { weekday: 6, starts: '09:00', ends: '13:00' }] : hours
  }

  #addOther(role: 'registrar' | 'head', organization: DemoOrganization): void {
    const departmentId = organization.departments[0]!.id
    const positionCode = role === 'registrar' ? REGISTRAR : HEAD
    const about = `${role === 'registrar' ? 'регистратор' : 'заведующий'}, ${organization.shortName}`
    this.#add(`${role} ${organization.number}`, role, about, {
      organizationId: organization.id,
      departmentId,
      positionCode,
      specialty: null,
    })
  }

  /** Who works for the region, or for an authority of it. */
  #addOfficer(role: Exclude<DemoRole, 'doctor' | 'registrar' | 'head'>, authorityId?: string): void {
    const employee = this.#add(`${role} 0`, role, '', null)
    if (authorityId) employee.organizationId = authorityId
  }
}

/** A specialist for all ages sees children in a children's polyclinic and adults in a polyclinic. */
function agesAt(organization: DemoOrganization, [from, to]: [number, number]): { ageFrom: number; ageTo: number } {
  if (organization.kind === 'children-polyclinic') return { ageFrom: 0, ageTo: 17 }
  if (organization.kind === 'polyclinic') return { ageFrom: Math.max(from, 18), ageTo: to }
  return { ageFrom: from, ageTo: to }
}
