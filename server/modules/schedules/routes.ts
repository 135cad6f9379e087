import * as contract from '../../../contracts/schedules.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { listAbsences, removeAbsence } from './absences.ts'
import { addSlot } from './add-slot.ts'
import { closeSlot } from './close-slot.ts'
import { createSchedule } from './create-schedule.ts'
import { compareSchedule, showScheduleHistory } from './history.ts'
import { listCalendar } from './list-calendar.ts'
import { listBookableOrganizations } from './list-bookable-organizations.ts'
import { listDays } from './list-days.ts'
import { listDoctors } from './list-doctors.ts'
import { listFreeSlots } from './list-free-slots.ts'
import { listDepartmentTimetables, listSchedules } from './list-schedules.ts'
import { listSpecialties } from './list-specialties.ts'
import { openSlot } from './open-slot.ts'
import type { SchedulePorts } from './ports.ts'
import { changePublication, showPublication } from './publication.ts'
import { showDayGrid } from './show-day-grid.ts'

export const scheduleRoutes = (ports: SchedulePorts): readonly Route[] => [
  serve(contract.listBookableOrganizations, (work, { query }) =>
    listBookableOrganizations(work, ports, query.patientId),
  ),
  serve(contract.listSpecialties, (work, { params, query }) =>
    listSpecialties(work, ports, params.organizationId, query.patientId),
  ),
  serve(contract.listDoctors, (work, { params, query }) => listDoctors(work, ports, params, query.patientId)),
  serve(contract.listDays, (work, { params, query }) => listDays(work, ports, params, query)),
  serve(contract.listFreeSlots, (work, { params, query }) => listFreeSlots(work, ports, params, query)),
  serve(contract.showDayGrid, (work, { params, query }) => showDayGrid(work, params.organizationId, query)),
  serve(contract.closeSlot, (work, { params, body }) => closeSlot(work, params.ref, body.reason)),
  serve(contract.openSlot, (work, { params }) => openSlot(work, ports.timesFreed, params.ref)),
  serve(contract.addSlot, (work, { params, body }) => addSlot(work, ports.timesFreed, params.scheduleId, body)),
  serve(contract.createSchedule, (work, { body }) => createSchedule(work, ports.timesFreed, body)),
  serve(contract.showScheduleHistory, (work, { params }) => showScheduleHistory(work, params.scheduleId)),
  serve(contract.compareSchedule, (work, { params, query }) => compareSchedule(work, params.scheduleId, query)),
  serve(contract.listAbsences, (work) => listAbsences(work)),
  serve(contract.removeAbsence, (work, { params }) => removeAbsence(work, ports.timesFreed, params.absenceId)),
  serve(contract.listCalendar, (work, { params }) => listCalendar(work, params.year)),
  serve(contract.showPublication, (work, { params }) => showPublication(work, params.organizationId)),
  serve(contract.changePublication, (work, { params, body }) => changePublication(work, params.organizationId, body)),
  serve(contract.listDepartmentTimetables, (work, { params }) => listDepartmentTimetables(work, params.departmentId)),
  serve(contract.listSchedules, (work, { query }) => listSchedules(work, query.staffId)),
]
