import type { SystemInterface } from '../../../contracts/other-systems.ts'

type Words = {
  value: SystemInterface
  title: string
  about: string
  /** The address to give to the other side. */
  path: string
  /** Where the protocol is described for programs or people. */
  description: string
  descriptionTitle: string
}

/** Protocols as an administrator knows them. */
export const interfaces: readonly Words[] = [
  {
    value: 'fer-soap',
    title: 'КУ ФЭР',
    about: 'Запись через Госуслуги, SOAP',
    path: '/exchange/fer',
    description: '/exchange/fer?wsdl',
    descriptionTitle: 'Описание службы (WSDL)',
  },
  {
    value: 'hub-soap',
    title: 'Концентратор',
    about: 'HubService, SOAP',
    path: '/exchange/hub',
    description: '/exchange/hub?singleWsdl',
    descriptionTitle: 'Описание службы (WSDL)',
  },
  {
    value: 'gorzdrav-rest',
    title: 'Портал записи',
    about: 'Запросы городского портала записи, REST',
    path: '/exchange/gorzdrav',
    description: '/exchange/gorzdrav/docs',
    descriptionTitle: 'Описание запросов (OpenAPI)',
  },
]
