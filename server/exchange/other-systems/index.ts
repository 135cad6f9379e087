export { mountSoap, tokenOfHeader, type MountedService, type SoapHandler } from './mount-soap.ts'
export { operations } from './operations.ts'
export { doctorsAt, placeBy, placesFor, specialtiesAt, timesOf, wallClock, type OfferedDoctor } from './timetable.ts'
