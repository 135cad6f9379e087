import * as contract from '../../../contracts/patients.ts'
import * as representation from '../../../contracts/representation.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { decideLinkRequest } from './decide-link-request.ts'
import { addAuthority, addRepresentation, endRepresentation } from './keep-representation.ts'
import { listLinkRequests } from './list-link-requests.ts'
import { listMyCharges } from './list-my-charges.ts'
import { listAuthorities, listMyWards, listRepresentations } from './list-representations.ts'
import { registerPatient } from './register-patient.ts'
import { searchPatients } from './search-patients.ts'
import { showPatient, type PatientPorts } from './show-patient.ts'

export const patientRoutes = (ports?: PatientPorts): readonly Route[] => [
  serve(contract.registerPatient, (work, { body }) => registerPatient(work, body)),
  serve(contract.searchPatients, (work, { query }) => searchPatients(work, query.q)),
  serve(contract.showPatient, (work, { params }) => showPatient(work, params.patientId, ports)),
  serve(contract.listMyCharges, (work) => listMyCharges(work)),
  serve(representation.listRepresentations, (work, { params }) => listRepresentations(work, params.patientId)),
  serve(representation.addRepresentation, (work, { params, body }) => addRepresentation(work, params.patientId, body)),
  serve(representation.endRepresentation, (work, { params, body }) => endRepresentation(work, params, body.reason)),
  serve(representation.listAuthorities, (work) => listAuthorities(work)),
  serve(representation.addAuthority, (work, { body }) => addAuthority(work, body)),
  serve(representation.listMyWards, (work) => listMyWards(work)),
  serve(contract.listLinkRequests, (work) => listLinkRequests(work)),
  serve(contract.decideLinkRequest, (work, { params, body }) => decideLinkRequest(work, params.requestId, body)),
]
