import type { Signer } from './settings.ts'

/** «yyyy.MM.dd HH:mm:ss Z», the form of time ЕСИА reads; always in UTC here. */
export const esiaTimestamp = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ')} +0000`

/** The moment of an ЕСИА timestamp; undefined when it is not one. */
export function parseEsiaTimestamp(text: string): Date | undefined {
  const m = /^(\d{4})\.(\d{2})\.(\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})$/.exec(text)
  const at = m && new Date(`${m[1]}-${m[2]}-${m[3]}T${m[4]}${m[5]}:${m[6]}`)
  return at && !Number.isNaN(at.getTime()) ? at : undefined
}

/** What a request to v2/ac (without a code) and v3/te (with one) says before it is signed. */
export type SignedParts = {
  clientId: string
  scope: string
  timestamp: string
  state: string
  redirectUri: string
  code?: string
}

/** The message whose signature is `client_secret`: the parts joined without separators, the code last. */
export const secretMessage = (p: SignedParts): string =>
  p.clientId + p.scope + p.timestamp + p.state + p.redirectUri + (p.code ?? '')

const signed = (parts: SignedParts, signer: Signer): Record<string, string> => ({
  client_id: parts.clientId,
  client_secret: signer.sign(secretMessage(parts)),
  scope: parts.scope,
  timestamp: parts.timestamp,
  state: parts.state,
  redirect_uri: parts.redirectUri,
  client_certificate_hash: signer.certificateHash,
})

/** Where the browser goes to sign in: GET {ЕСИА}/aas/oauth2/v2/ac. */
export function authorizationAddress(siteUrl: string, parts: SignedParts, signer: Signer): string {
  const query = new URLSearchParams({
    ...signed(parts, signer),
    response_type: 'code',
    access_type: 'online',
  })
  return `${siteUrl}/aas/oauth2/v2/ac?${query}`
}

/** The form that exchanges a code for tokens: POST {ЕСИА}/aas/oauth2/v3/te. */
export function tokenForm(parts: SignedParts & { code: string }, signer: Signer): URLSearchParams {
  return new URLSearchParams({
    ...signed(parts, signer),
    code: parts.code,
    grant_type: 'authorization_code',
    token_type: 'Bearer',
  })
}

/** Where the browser goes to sign out of Госуслуги as well; ЕСИА sends it back to `redirectUrl`. */
export const signOutAddress = (siteUrl: string, clientId: string, redirectUrl: string): string =>
  `${siteUrl}/idp/ext/Logout?${new URLSearchParams({ client_id: clientId, redirect_url: redirectUrl })}`
