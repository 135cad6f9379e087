import * as T from 'typebox'
import { operations, type OperationOfSystems } from '../other-systems/index.ts'
import * as shapes from './shapes.ts'

/** Where the portal's clients call us: what follows the host in the addresses they are made for, behind our own prefix. */
export const GORZDRAV = '/exchange/gorzdrav'
export const BASE = `${GORZDRAV}/_api/api/v2`

/** One request of the portal: its address, what it takes and gives, and which of our operations it is. */
export type RestOperation = {
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** Under BASE; parameters as «:name». */
  readonly path: string
  readonly summary: string
  readonly operation: OperationOfSystems
  readonly params?: T.TObject
  readonly query?: T.TObject
  readonly body?: T.TObject
  readonly result: T.TSchema
}

const all = [
  {
    name: 'districts',
    method: 'GET',
    path: '/shared/districts',
    summary: 'Районы',
    operation: operations.organizations,
    result: T.Array(shapes.District),
  },
  {
    name: 'lpus',
    method: 'GET',
    path: '/shared/lpus',
    summary: 'Медицинские организации',
    operation: operations.organizations,
    result: T.Array(shapes.Lpu),
  },
  {
    name: 'lpusOfDistrict',
    method: 'GET',
    path: '/shared/district/:districtId/lpus',
    summary: 'Медицинские организации района',
    operation: operations.organizations,
    params: shapes.DistrictPath,
    result: T.Array(shapes.Lpu),
  },
  {
    name: 'lpu',
    method: 'GET',
    path: '/shared/lpu/:lpuId',
    summary: 'Медицинская организация',
    operation: operations.organizations,
    params: shapes.LpuPath,
    result: shapes.Lpu,
  },
  {
    name: 'specialties',
    method: 'GET',
    path: '/schedule/lpu/:lpuId/specialties',
    summary: 'Специальности, по которым есть приём',
    operation: operations.specialties,
    params: shapes.LpuPath,
    result: T.Array(shapes.Specialty),
  },
  {
    name: 'doctors',
    method: 'GET',
    path: '/schedule/lpu/:lpuId/speciality/:specialtyId/doctors',
    summary: 'Врачи специальности',
    operation: operations.doctors,
    params: shapes.SpecialtyPath,
    result: T.Array(shapes.Doctor),
  },
  {
    name: 'timetable',
    method: 'GET',
    path: '/schedule/lpu/:lpuId/doctor/:doctorId/timetable',
    summary: 'Дни и часы приёма врача со свободным временем',
    operation: operations.times,
    params: shapes.DoctorPath,
    result: T.Array(shapes.TimetableDay),
  },
  {
    name: 'appointments',
    method: 'GET',
    path: '/schedule/lpu/:lpuId/doctor/:doctorId/appointments',
    summary: 'Свободное время врача',
    operation: operations.times,
    params: shapes.DoctorPath,
    result: T.Array(shapes.Appointment),
  },
  {
    name: 'searchPatient',
    method: 'GET',
    path: '/patient/search',
    summary: 'Поиск пациента: номер карты, по которому потом записывают',
    operation: operations.identify,
    query: shapes.NamedPatient,
    result: T.String(),
  },
  {
    name: 'visits',
    method: 'GET',
    path: '/appointments',
    summary: 'Предстоящие записи пациента, сделанные этой системой',
    operation: operations.visits,
    query: shapes.PatientVisits,
    result: T.Array(shapes.Visit),
  },
  {
    name: 'book',
    method: 'POST',
    path: '/appointment/create',
    summary: 'Запись на приём',
    operation: operations.book,
    body: shapes.VisitWanted,
    result: T.Boolean(),
  },
  {
    name: 'cancel',
    method: 'POST',
    path: '/appointment/cancel',
    summary: 'Отмена записи',
    operation: operations.cancel,
    body: shapes.VisitWanted,
    result: T.Boolean(),
  },
] as const satisfies readonly RestOperation[]

/** Every request of the portal that is answered here. */
export const gorzdravOperations: readonly RestOperation[] = all
export type OperationName = (typeof all)[number]['name']
