/** Parts of a person's data, as the answer of /rs/prns is filled by the scopes of the token. */
export type Part =
  | 'name'
  | 'birthDate'
  | 'sex'
  | 'snils'
  | 'inn'
  | 'phone'
  | 'email'
  | 'addresses'
  | 'policy'
  | 'kids'
  | 'none'

const parts: Record<string, readonly Part[]> = {
  openid: ['none'],
  fullname: ['name'],
  birthdate: ['birthDate'],
  gender: ['sex'],
  snils: ['snils'],
  inn: ['inn'],
  mobile: ['phone'],
  email: ['email'],
  contacts: ['phone', 'email'],
  addresses: ['addresses'],
  medical_doc: ['policy'],
  id_doc: ['none'],
  kid_fullname: ['kids'],
  kid_birthdate: ['kids'],
  kid_gender: ['kids'],
  kid_snils: ['kids'],
}

/** Whether ЕСИА has such a scope, as far as this stand-in goes. */
export const knownScope = (scope: string): boolean => Object.hasOwn(parts, scope)

/** What the scopes of a token open: «snils?oid=1000299681 fullname?oid=…» → snils, name. */
export const partsOf = (scope: string): Set<Part> =>
  new Set(
    scope
      .split(' ')
      .map((one) => one.split('?')[0]!)
      .filter(knownScope)
      .flatMap((one) => parts[one]!),
  )

/** Scopes as a token carries them: each names the person it was given about, but for `openid`. */
export const grantedScope = (scope: string, oid: string): string =>
  scope
    .split(' ')
    .map((one) => (one === 'openid' ? one : `${one}?oid=${oid}`))
    .join(' ')
