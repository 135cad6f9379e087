import * as access from '../../../contracts/access.ts'
import * as bookingRules from '../../../contracts/booking-rules.ts'
import * as booking from '../../../contracts/booking.ts'
import * as chart from '../../../contracts/chart.ts'
import * as documents from '../../../contracts/documents.ts'
import type { Endpoint } from '../../../contracts/endpoint.ts'
import * as journal from '../../../contracts/journal.ts'
import * as notifications from '../../../contracts/notifications.ts'
import * as openings from '../../../contracts/openings.ts'
import * as organizations from '../../../contracts/organizations.ts'
import * as otherSystems from '../../../contracts/other-systems.ts'
import * as patients from '../../../contracts/patients.ts'
import * as scheduleEdits from '../../../contracts/schedule-edits.ts'
import * as schedules from '../../../contracts/schedules.ts'
import * as terminology from '../../../contracts/terminology.ts'

const contracts = [
  access,
  booking,
  bookingRules,
  chart,
  documents,
  journal,
  notifications,
  openings,
  organizations,
  otherSystems,
  patients,
  scheduleEdits,
  schedules,
  terminology,
]

type Named = Pick<Endpoint, 'name' | 'summary'>
const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && 'name' in value && 'summary' in value

/** What the journal knows beside the operations of the contracts: steps that are no call of a page. */
const others: readonly Named[] = [
  { name: 'notifications.deliver', summary: 'Отправка уведомлений' },
  { name: 'notifications.note-delivery', summary: 'Итог отправки уведомления' },
  { name: 'notifications.remind', summary: 'Напоминания о приёмах' },
  { name: 'platform.listen', summary: 'Ожидание изменений открытой страницей' },
  { name: 'access.leave-for-esia', summary: 'Переход на Госуслуги для входа' },
  { name: 'access.return-from-esia', summary: 'Возврат с Госуслуг' },
  { name: 'access.sign-in-through-esia', summary: 'Вход через Госуслуги' },
  { name: 'other-systems.identify-patient', summary: 'Другая система назвала пациента' },
  { name: 'other-systems.list-organizations', summary: 'Другая система: список организаций' },
  { name: 'other-systems.list-specialties', summary: 'Другая система: список специальностей' },
  { name: 'other-systems.list-doctors', summary: 'Другая система: список врачей' },
  { name: 'other-systems.list-times', summary: 'Другая система: свободное время' },
  { name: 'other-systems.book', summary: 'Запись на приём через другую систему' },
  { name: 'other-systems.cancel', summary: 'Отмена записи через другую систему' },
  { name: 'other-systems.list-visits', summary: 'Другая система: просмотр её записей' },
  { name: 'other-systems.about', summary: 'Другая система: сведения о службе' },
  { name: 'schedules.import-calendar', summary: 'Загрузка производственного календаря' },
  { name: 'patients.link-citizen', summary: 'Подключение карты при входе через Госуслуги' },
]

const all: readonly Named[] = [...contracts.flatMap((contract) => Object.values(contract).filter(isNamed)), ...others]
const words = new Map<string, string>(all.map(({ name, summary }) => [name, summary]))

/** An operation in the words of its contract; an unknown one as it is written. */
export const operationWords = (name: string): string => words.get(name) ?? name

/** Every operation, by its words, to choose from. */
export const operationOptions = all
  .map(({ name, summary }) => ({ value: name as string, label: summary }))
  .sort((a, b) => a.label.localeCompare(b.label, 'ru'))
