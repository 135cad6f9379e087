import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { patients, staff } from '../../testing/small-region.ts'
import { connect, openClinicWithSystems } from './testing/clinic-with-systems.ts'

// A second client that has nothing to do with ours: zeep of Python (python3-zeep), where it is installed. It checks the
// WSDL and replies strictly by their schema.
const python = ['python3', '/usr/bin/python3'].find((program) => {
  try {
    execFileSync(program, ['-c', 'import zeep'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

const script = `
import json, sys, uuid
from requests import Session
from zeep import Client
from zeep.transports import Transport
address, fer_token, hub_token, doctor = sys.argv[1:]
session = Session()
session.headers['Authorization'] = 'Bearer ' + fer_token
fer = Client(address + '/exchange/fer?wsdl', transport=Transport(session=session)).service
sid = str(uuid.uuid4())
person = dict(OMS_Number='2657020837000348', First_Name='Пётр', Last_Name='Петров', Birth_Date='1985-04-12')
who = fer.GetPatientInfo(Session_ID=sid, Patient_Data=person)
mo = fer.GetMOInfoExtended(Session_ID=sid, Booking_Type='APPOINTMENT').MO_List.MO
slots = fer.GetScheduleInfo(Session_ID=sid, Specialist_SNILS='11223344595', MO_OID='1.2.643.5.1.13.13.12.2.77.1001').Schedule.Slots
booked = fer.CreateAppointment(Session_ID=sid, Slot_Id=slots[-1].Slot_Id)
cancelled = fer.CancelAppointment(Book_Id_Mis=booked.Book_Id_Mis, Canceled_Reason='CANCELED_BY_PATIENT')
try:
    fer.GetMOInfoExtended(Session_ID=str(uuid.uuid4()))
    fault = None
except Exception as error:
    fault = error.message
hub = Client(address + '/exchange/hub?singleWsdl').service
lpus = hub.GetLPUList(guid=hub_token).ListLPU.Clinic
lpu = [l.IdLPU for l in lpus if l.LPUShortName == 'Поликлиника № 1'][0]
pat = hub.CheckPatient(pat=dict(Surname='Петров', Name='Пётр', Birthday='1985-04-12T00:00:00'), idLpu=lpu, guid=hub_token)
free = hub.GetAvaibleAppointments(idDoc=doctor, idLpu=lpu, visitStart='2026-03-03T00:00:00', visitEnd='2026-03-04T00:00:00', guid=hub_token)
ids = [a.IdAppointment for a in free.ListAppointments.Appointment]
made = hub.SetAppointment(idAppointment=ids[0], idLpu=lpu, idPat=pat.IdPat, guid=hub_token)
refused = hub.SetAppointment(idAppointment=ids[1], idLpu=lpu, idPat=pat.IdPat, guid=hub_token)
print(json.dumps(dict(patient=who.Patient_Id, organisations=len(mo), booked=booked.Status.Status_Code,
  cancelled=cancelled.Status.Status_Code, fault=fault, free=len(ids), made=made.Success, refused=refused.ErrorList.Error[0].IdError)))
`

describe.skipIf(!python)('zeep of Python', () => {
  let clinic: Clinic
  let address: string
  beforeAll(async () => {
    ;({ clinic, address } = await openClinicWithSystems())
  })
  afterAll(() => clinic.close())

  it('books through both services by their WSDL alone', async () => {
    const [fer, hub] = [await connect(clinic, 'fer-soap'), await connect(clinic, 'hub-soap')]
    const run = promisify(execFile)
    const { stdout } = await run(python!, ['-c', script, address, fer.token, hub.token, staff.therapist])
    expect(JSON.parse(stdout)).toEqual({
      patient: patients.petrov,
      organisations: 2,
      booked: 'SUCCESS',
      cancelled: 'SUCCESS',
      fault: 'Такого сеанса нет или он закончился',
      free: 6,
      made: true,
      refused: 1011,
    })
  })
})
