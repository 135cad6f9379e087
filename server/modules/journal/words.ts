import { allEndpoints } from '../../../contracts/index.ts'
import { ExternalIdReused, NoSuchSystemSession } from '../../../contracts/other-systems.ts'
import { commonProblems } from '../../../contracts/problems.ts'

const summaries = new Map([
  ...allEndpoints.map((e) => [e.name as string, e.summary] as const),
  // Signing in through ЕСИА is a walk of redirects, not operations of the API, so no contract names its steps.
  ['access.create-employee', 'Создание учётной записи сотрудника'],
  ['access.leave-for-esia', 'Переход на Госуслуги для входа'],
  ['access.return-from-esia', 'Возврат с Госуслуг'],
  ['access.sign-in-through-esia', 'Вход через Госуслуги'],
  // What other systems do over their own protocols; see exchange/other-systems.
  ['other-systems.identify-patient', 'Другая система назвала пациента'],
  ['other-systems.list-organizations', 'Другая система: список организаций'],
  ['other-systems.list-specialties', 'Другая система: список специальностей'],
  ['other-systems.list-doctors', 'Другая система: список врачей'],
  ['other-systems.list-times', 'Другая система: свободное время'],
  ['other-systems.book', 'Запись на приём через другую систему'],
  ['other-systems.cancel', 'Отмена записи через другую систему'],
  ['other-systems.list-visits', 'Другая система: просмотр её записей'],
  ['other-systems.about', 'Другая система: сведения о службе'],
  // A calendar program reads at a secret address; see exchange/calendars.
  ['calendars.fetch', 'Чтение календаря по его секретному адресу'],
  ['schedules.import-calendar', 'Загрузка производственного календаря'],
  ['patients.link-citizen', 'Подключение карты при входе через Госуслуги'],
])

/** What was done, in the words of the operation's contract. */
export const operationInWords = (operation: string): string => summaries.get(operation) ?? operation

const problems = new Map(
  [...allEndpoints.flatMap((e) => e.problems), ...commonProblems, NoSuchSystemSession, ExternalIdReused].map(
    ({ type, title }) => [type as string, title as string] as const,
  ),
)

/** The title of a refusal by its type. */
export const problemInWords = (type: string): string => problems.get(type) ?? type

const grounds: Record<string, string> = {
  self: 'вы сами',
  representative: 'законный представитель',
  appointment: 'запись на приём',
  case: 'случай обслуживания',
  attachment: 'прикрепление к организации',
  registration: 'работа регистратуры',
  guardianship: 'подопечный органа опеки',
  duty: 'служебная обязанность',
  ticket: 'предъявлен талон',
  'external-system': 'обращение через другую систему',
}
/** The grounds of an access as a patient reads them. */
export const groundsInWords = (code: string | null): string | null => (code === null ? null : (grounds[code] ?? code))

const roles: Record<string, string> = {
  citizen: 'пациент или представитель',
  registrar: 'регистратор',
  'call-centre': 'оператор колл-центра',
  'guardianship-officer': 'сотрудник органа опеки',
  doctor: 'врач',
  head: 'заведующий отделением',
  administrator: 'администратор',
  'security-officer': 'специалист по безопасности',
  'external-system': 'другая информационная система',
  system: 'система',
  anonymous: 'без входа',
}
/** A role as a patient reads it. */
export const roleInWords = (role: string): string => roles[role] ?? role
