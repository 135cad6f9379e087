import { fields, type SoapOperation, type SoapService, type SoapType } from '../../standards/soap/index.ts'

/** The namespace of version 2; builds before it qualified only the wrapper, in the older one. */
export const FER = 'http://www.rt-eu.ru/med/er/v2_0'
export const OLDER_FER = 'http://www.rt-eu.ru/med/er/'

const type = (name: string, ...notes: Parameters<typeof fields>): SoapType => ({
  name,
  namespace: FER,
  fields: fields(...notes),
})

const operation = (
  name: string,
  request: Parameters<typeof fields>,
  reply: Parameters<typeof fields>,
): SoapOperation => ({
  name,
  action: name,
  request: type(`${name}Request`, ...request),
  reply: type(`${name}Response`, ...reply),
})

const PatientData = type(
  'Patient_Data',
  'OMS_Number',
  'SNILS',
  'First_Name!',
  'Last_Name!',
  'Middle_Name',
  'Birth_Date:date!',
  'Sex',
  'Email',
  'Phone',
)
const Post = type('Post', 'Post_Id!', 'Post_Name')
const Posts = type('Service_Posts', { name: 'Post', type: Post, many: true })
const ErrorType = type('Error', 'Error_Code', 'Error_Message')
const MO = type('MO', 'MO_Id', 'MO_OID', 'MO_Name', 'MO_Address', 'MO_Phone')
const MoList = type('MO_List', { name: 'MO', type: MO, many: true })
const OidList = type('MO_OID_List', { name: 'MO_OID', type: 'string', many: true })
const Specialist = type('Specialist', 'Last_Name', 'First_Name', 'Middle_Name', 'SNILS')
const Dates = type('Available_Dates', { name: 'Available_Date', type: 'date', many: true })
const Resource = type('Resource', { name: 'Specialist', type: Specialist }, { name: 'Available_Dates', type: Dates })
const Resources = type('Resource_Available', { name: 'Resource', type: Resource, many: true })
const Available = type('MO_Available', { name: 'MO', type: MO }, { name: 'Resource_Available', type: Resources })
const ResourceList = type('MO_Resource_List', { name: 'MO_Available', type: Available, many: true })
const Slot = type('Slots', 'Slot_Id', 'VisitTime:dateTime', 'Room')
const Schedule = type('Schedule', { name: 'Slots', type: Slot, many: true })
const Status = type('Status', 'Status_Code', 'Comment')

const session = 'Session_ID!'
const error = { name: 'Error', type: ErrorType } as const
const range = ['Start_Date_Range:date', 'End_Date_Range:date'] as const
const posts = [
  { name: 'Service_Posts', type: Posts },
  { name: 'Service_Post', type: Posts },
] as const
const patient = { name: 'Patient_Data', type: PatientData, required: true } as const

/** The service on our side that КУ ФЭР calls; README.md says where each name comes from and what is not known. */
export const ferService: SoapService = {
  name: 'ErWebService',
  port: 'ErWebServicePort',
  binding: 'BasicHttpBinding_ErWebService',
  namespace: FER,
  operations: [
    operation(
      'GetPatientInfo',
      [session, patient, 'Pass_referral:int', 'Patient_Info_Kind'],
      ['Session_ID', 'Patient_Id', error],
    ),
    operation('GetReferralInfo', [session, patient, 'Referral_Number!'], ['Session_ID', error]),
    operation(
      'GetMOInfoExtended',
      [session, 'Booking_Type', 'Post_Id'],
      ['Session_ID', { name: 'MO_List', type: MoList }, error],
    ),
    operation(
      'GetServicePostSpecsInfo',
      [session, 'MO_Id!'],
      ['Session_ID', { name: 'Service_Posts', type: Posts }, error],
    ),
    operation(
      'GetMOResourceInfo',
      [session, ...posts, { name: 'MO_OID_List', type: OidList, required: true }, ...range],
      ['Session_ID', { name: 'MO_Resource_List', type: ResourceList }, error],
    ),
    operation(
      'GetScheduleInfo',
      [
        session,
        'Specialist_SNILS',
        'Room_Id',
        'Room_OID',
        'MO_OID!',
        ...posts,
        'Referral_id',
        ...range,
        'Start_Time_Range:time',
        'End_Time_Range:time',
      ],
      ['Session_ID', { name: 'Schedule', type: Schedule }, error],
    ),
    operation(
      'CreateAppointment',
      [session, 'Slot_Id!', 'MO_OID'],
      ['Session_ID', { name: 'Status', type: Status }, 'Book_Id_Mis', 'Slot_Id', 'Visit_Time:dateTime', 'Room'],
    ),
    operation(
      'CancelAppointment',
      ['Session_ID', 'Book_Id_Mis!', 'Canceled_Reason'],
      [{ name: 'Status', type: Status }, 'Book_Id_Mis'],
    ),
  ],
}
