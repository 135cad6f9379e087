import type { Me } from '../../contracts/access.ts'
import type { IconName } from '../ui/index.ts'
import { at } from './addresses.ts'

/** A section of somebody's workplace: a line of the navigation. `here` tells the addresses that belong to it. */
export type Section = { href: string; label: string; icon: IconName; here: RegExp }

const patients: Section = { href: at.patients(), label: 'Пациенты', icon: 'people', here: /^\/staff\/patients/ }
const wards: Section = { href: at.wards(), label: 'Подопечные', icon: 'people', here: /^\/staff\/(wards|patients)/ }
const categories: Section = { href: at.categories(), label: 'Цели визита', icon: 'check', here: /^\/staff\/categories/ }
const authorities: Section = { href: at.authorities(), label: 'Опека', icon: 'people', here: /^\/staff\/authorities/ }
const schedule: Section = { href: at.schedule(), label: 'Расписание', icon: 'calendar', here: /^\/staff\/schedule/ }
const timetables: Section = { href: at.timetables(), label: 'Графики', icon: 'clock', here: /^\/staff\/timetables/ }
const absences: Section = { href: at.absences(), label: 'Отсутствия', icon: 'calendar', here: /^\/staff\/absences/ }
const tickets: Section = { href: at.tickets(), label: 'Талоны', icon: 'check', here: /^\/staff\/tickets/ }
const links: Section = { href: at.links(), label: 'Заявки', icon: 'person', here: /^\/staff\/links/ }
const waiting: Section = { href: at.waiting(), label: 'Ожидание', icon: 'people', here: /^\/staff\/waiting/ }
const day: Section = { href: at.day(), label: 'Приём', icon: 'pulse', here: /^\/staff\/(day|visits)/ }
const rules: Section = { href: at.rules(), label: 'Правила', icon: 'settings', here: /^\/staff\/rules/ }
const journal: Section = { href: at.journal(), label: 'Журнал', icon: 'eye', here: /^\/staff\/journal/ }
const systems: Section = { href: at.systems(), label: 'Системы', icon: 'device', here: /^\/staff\/systems/ }
const deliveries: Section = {
  href: at.deliveries(),
  label: 'Доставка',
  icon: 'bell',
  here: /^\/staff\/deliveries/,
}
const calendars: Section = {
  href: at.calendars(),
  label: 'Календари',
  icon: 'calendar-plus',
  here: /^\/staff\/calendars/,
}
const utilisation: Section = {
  href: at.utilisation(),
  label: 'Загрузка',
  icon: 'pulse',
  here: /^\/staff\/utilisation/,
}
const seals: Section = { href: at.seals(), label: 'Печати', icon: 'shield', here: /^\/staff\/seals/ }

const sections: Record<Me['role'], readonly Section[]> = {
  citizen: [],
  registrar: [schedule, patients, waiting, tickets, links, timetables, absences, utilisation, calendars],
  'call-centre': [patients],
  'guardianship-officer': [wards],
  doctor: [day, patients, schedule, calendars],
  head: [schedule, timetables, absences, waiting, patients, rules, utilisation, calendars],
  administrator: [
    patients,
    links,
    schedule,
    timetables,
    rules,
    categories,
    authorities,
    systems,
    deliveries,
    utilisation,
  ],
  'security-officer': [journal, seals],
}

/** Timetables are kept by each organisation itself: who works at the level of the region has none to keep. */
const ofOrganization: readonly Section[] = [schedule, timetables, absences, waiting, calendars]

/** What somebody works with, the most used first. The first one is where the working day begins. */
export const sectionsOf = ({ role, organizationId }: Pick<Me, 'role' | 'organizationId'>): readonly Section[] =>
  sections[role].filter((section) => organizationId !== null || !ofOrganization.includes(section))

/** Where a role begins. */
export const homeOf = (role: Me['role']): string => sections[role][0]?.href ?? at.profile()
