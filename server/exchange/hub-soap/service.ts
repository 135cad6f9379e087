import {
  fields,
  listOf,
  scalarList,
  type SoapField,
  type SoapOperation,
  type SoapService,
  type SoapType,
} from '../../standards/soap/index.ts'

const HUB = 'http://tempuri.org/'
const DATA = 'http://schemas.datacontract.org/2004/07/HubService2'

/** A DataContract: elements in the order of their names, those of the base before (as WCF writes and expects them). */
const data = (name: string, notes: readonly (string | SoapField)[], base?: SoapType): SoapType => ({
  name,
  namespace: DATA,
  ...(base && { base }),
  fields: fields(...notes).sort((a, b) => (a.name < b.name ? -1 : 1)),
})
const list = (name: string, type: SoapType): SoapField => ({ name, type: listOf(type), nillable: true })

const ErrorType = data('Error', ['ErrorDescription', 'IdError:int'])
const MethodResult = data('MethodResult', [list('ErrorList', ErrorType), 'IdHistory:int?', 'Success:boolean'])
const Patient = data(
  'Patient',
  'AriaNumber Birthday:dateTime? CellPhone Document_N Document_S HomePhone IdPat Name Polis_N Polis_S SecondName Snils Surname'.split(
    ' ',
  ),
)
const District = data('District', ['DistrictName', 'IdDistrict:int', 'Okato:int?'])
const Clinic = data(
  'Clinic',
  'Description District:int? IdLPU:int IsActive:boolean LPUFullName LPUShortName LPUType:int Oid PartOf:int?'.split(
    ' ',
  ),
)
const counts = ['CountFreeParticipantIE:int', 'CountFreeTicket:int', 'LastDate:dateTime?', 'NearestDate:dateTime?']
const Spesiality = data('Spesiality', [...counts, 'FerIdSpesiality', 'IdSpesiality', 'NameSpesiality'])
const Doctor = data('Doctor', [...counts, 'AriaNumber', 'Comment', 'IdDoc', 'Name', 'Snils'])
const Appointment = data('Appointment', [
  'Address',
  'IdAppointment',
  'Num:int?',
  'Room',
  'VisitEnd:dateTime',
  'VisitStart:dateTime',
])
const User = data('User', ['UserName', 'UserPosition'])
const HistoryVisit = data('HistoryVisit', [
  'DateCreatedAppointment:dateTime',
  { name: 'DoctorBringReferal', type: Doctor },
  { name: 'DoctorRendingConsultation', type: Doctor },
  'IdAppointment',
  { name: 'SpecialityBringReferal', type: Spesiality },
  { name: 'SpecialityRendingConsultation', type: Spesiality },
  { name: 'UserCreatedAppointment', type: User },
  'VisitStart:dateTime',
])
const HistoryRefusal = data('HistoryRefusal', [], HistoryVisit)

/** The result of a method is what MethodResult has and its own. */
const operation = (name: string, request: (string | SoapField)[], own: (string | SoapField)[] = []): SoapOperation => ({
  name,
  action: `${HUB}IHubService/${name}`,
  request: { name, namespace: HUB, fields: fields(...request, 'guid', 'idHistory:int?') },
  reply: {
    name: `${name}Response`,
    namespace: HUB,
    fields: [{ name: `${name}Result`, type: data(resultName(name), own, MethodResult) }],
  },
})

/** Results whose type is not called after the method. */
const resultName = (name: string): string => (name === 'GetDistrictList' ? 'DistrictResult' : `${name}Result`)

const pat = { name: 'pat', type: Patient, required: true } as const
const lpu = 'idLpu:int!'
const span = ['visitStart:dateTime!', 'visitEnd:dateTime!']

/** The methods of the Concentrator that are about booking; README.md says which there are besides. */
export const hubService: SoapService = {
  name: 'HubService',
  port: 'IHubService',
  binding: 'BasicHttpBinding_IHubService',
  namespace: HUB,
  operations: [
    operation('GetDistrictList', [], [list('Districts', District)]),
    operation('GetLPUList', ['idDistrict:int?'], [list('ListLPU', Clinic)]),
    operation('CheckPatient', [pat, lpu], ['IdPat']),
    operation('SearchTop10Patient', [pat, lpu], [list('ListPatient', Patient)]),
    operation('GetSpesialityList', [lpu, 'idPat'], [list('ListSpesiality', Spesiality), 'LpuChanges']),
    operation('GetDoctorList', ['idSpesiality!', lpu, 'idPat'], [list('Docs', Doctor)]),
    operation(
      'GetAvailableDates',
      ['idDoc!', lpu, 'idPat', ...span],
      [{ name: 'AvailableDateList', type: scalarList('dateTime'), nillable: true }],
    ),
    operation(
      'GetAvaibleAppointments',
      ['idDoc!', lpu, 'idPat', ...span],
      [list('ListAppointments', Appointment), 'NotAvailableReasonCode'],
    ),
    operation(
      'SetAppointment',
      ['idAppointment!', lpu, 'idPat!', 'doctorsReferral', 'idAppointmentPrev'],
      // SpecialistType is a byte of the enumeration; 0 is «not determined».
      ['Type:int'],
    ),
    operation('CreateClaimForRefusal', [lpu, 'idPat!', 'idAppointment!']),
    operation(
      'GetPatientHistory',
      [lpu, 'idPat!'],
      [list('ListHistoryRefusal', HistoryRefusal), list('ListHistoryVisit', HistoryVisit)],
    ),
    operation('GetVersion', [], ['DatabaseVersion', 'ServiceVersion']),
  ],
}
