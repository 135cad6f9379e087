/** Signs as this system; made by keys.ts over server/standards/cades. */
export type Signer = {
  /** base64url of a raw ГОСТ Р 34.10-2012 (256) signature, as `client_secret` is given in v2/ac and v3/te. */
  sign(message: string): string
  /** `client_certificate_hash`: ГОСТ Р 34.11-2012 (256) of the certificate file in hexadecimal, or as configured. */
  certificateHash: string
}

/** A JWT's parts after its signature was found right. */
export type Token = { header: Record<string, unknown>; payload: Record<string, unknown> }

/** Opens a JWT of ЕСИА: the parts when the ГОСТ signature is right, undefined otherwise. */
export type TokenReader = (token: string) => Token | undefined

export type EsiaSettings = {
  /** ЕСИА as browsers reach it: «https://esia.gosuslugi.ru»; «» when the stand-in lives on this very site. */
  siteUrl: string
  /** ЕСИА as this server reaches it; undefined: the same, or this process itself when `siteUrl` is «». */
  apiUrl?: string
  /** This system's own address, which ЕСИА knows; undefined (demo): whatever address the browser came to. */
  ownUrl?: string
  /** The mnemonic of this system in ЕСИА. */
  clientId: string
  /** What is asked of the person, separated by blanks. */
  scope: string
  /** `iss` of tokens; ЕСИА writes it with http and a closing slash. */
  issuer: string
  /** How long one request to ЕСИА may take, in milliseconds. */
  timeoutMs: number
  /** Signing out here goes on to ЕСИА's /idp/ext/Logout, which signs the person out of Госуслуги as well. */
  signOutThere: boolean
  signer: Signer
  readToken: TokenReader
}

/**
 * What a medical system asks of ЕСИА: who the person is, how to reach them, their children. The kid_* scopes are given
 * to a system by a separate application (certainty: low), so the list can be changed.
 */
export const defaultScope =
  'openid fullname birthdate gender snils inn mobile email contacts addresses medical_doc kid_fullname kid_birthdate kid_gender kid_snils'

/** `iss` of the ЕСИА at an address, as its tokens carry it: «http://esia.gosuslugi.ru/». */
export const issuerOf = (siteUrl: string): string => `http://${new URL(siteUrl).hostname}/`
