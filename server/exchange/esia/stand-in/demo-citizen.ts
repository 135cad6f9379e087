import type { EsiaPerson } from '../person.ts'

/** Somebody the stand-in lets choose: what ЕСИА says of them, and a line that tells why they are interesting. */
export type DemoCitizen = EsiaPerson & {
  /** «подтверждённая, двое детей». */
  about: string
}
