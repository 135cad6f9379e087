import type { Token } from '../settings.ts'
import type { DemoCitizen } from './demo-citizen.ts'

/** A system that may send people to the stand-in: what ЕСИА would know of it. */
export type ClientSystem = {
  /** Its mnemonic. */
  id: string
  /** Its address; undefined: it is served on this very site. */
  url?: string
  /** `client_certificate_hash` of its certificate. */
  certificateHash: string
  /** Whether this is its `client_secret` of the message: base64url of a raw ГОСТ Р 34.10-2012 (256) signature. */
  signed(message: string, clientSecret: string): boolean
}

export type StandInSettings = {
  citizens: readonly DemoCitizen[]
  client: ClientSystem
  /** `iss` of its tokens. */
  issuer: string
  /** 32 bytes, hex: seals codes, so that a restart between the page and the exchange breaks nothing. */
  secret: string
  now(): Date
  /** A JWT with its ГОСТ signature. */
  signToken(token: Token): string
  /** The token when this stand-in signed it. */
  readToken(text: string): Token | undefined
}
