import type { SystemInterface } from '../../../contracts/other-systems.ts'

/** Protocols as an administrator knows them, with the address to give to the other side. */
export const interfaces: readonly { value: SystemInterface; title: string; about: string; path: string }[] = [
  { value: 'fer-soap', title: 'КУ ФЭР', about: 'Запись через Госуслуги, SOAP', path: '/exchange/fer' },
  { value: 'hub-soap', title: 'Концентратор', about: 'HubService, SOAP', path: '/exchange/hub' },
  {
    value: 'gorzdrav-rest',
    title: 'Портал записи',
    about: 'Запросы городского портала записи, REST',
    path: '/exchange/gorzdrav',
  },
]
