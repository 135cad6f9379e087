export { admit, PER_ADDRESS_A_MINUTE, tokenOfHeader } from './admit.ts'
export { noSuchDoctor, nothing, type ConcentratorError } from './concentrator-codes.ts'
export { mountSoap, type MountedService, type SoapHandler } from './mount-soap.ts'
export { operations, type OperationOfSystems } from './operations.ts'
export {
  doctorsAt,
  placeBy,
  placesFor,
  specialtiesAt,
  timesOf,
  wallClock,
  type OfferedDoctor,
  type Place,
} from './timetable.ts'
