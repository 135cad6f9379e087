import { booleanOf, hexOf, integerOf, octetsOf, oidOf, setBits } from './der-values.ts'
import { childrenOf, expectTag, readDer, sequenceOf, TAG, taggedValue, type Der } from './der.ts'
import { boolean, oid, octets, sequence } from './der-write.ts'
import { Malformed } from './malformed.ts'
import { EXTENSION } from './oids.ts'

/** What an extension says: `value` is DER of the extension's own type. */
type Extension = { critical: boolean; value: Uint8Array }
export type Extensions = ReadonlyMap<string, Extension>

/** Reads a SEQUENCE of extensions of a certificate, a revocation list or its entry. Throws Malformed. */
export function readExtensions(value: Der): Extensions {
  const extensions = new Map<string, Extension>()
  for (const one of childrenOf(expectTag(value, TAG.sequence, 'Extensions'))) {
    const fields = sequenceOf(one, 'Extension')
    const id = oidOf(fields.take())
    if (extensions.has(id)) throw new Malformed(`the extension ${id} is repeated`)
    const critical = fields.takeIf(TAG.boolean)
    extensions.set(id, { critical: critical !== undefined && booleanOf(critical), value: octetsOf(fields.take()) })
    fields.end()
  }
  return extensions
}

export const writeExtension = (id: string, value: Uint8Array, critical = false): Uint8Array =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value))

const read = (extensions: Extensions, id: string): Der | undefined => {
  const extension = extensions.get(id)
  return extension && readDer(extension.value)
}

/** Uses of a key by their bits (RFC 5280 §4.2.1.3). */
export const KEY_USE = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const
export type KeyUse = keyof typeof KEY_USE

/** What the key may be used for; undefined: anything. Throws Malformed. */
export function keyUsesOf(extensions: Extensions): ReadonlySet<KeyUse> | undefined {
  const value = read(extensions, EXTENSION.keyUsage)
  if (!value) return undefined
  const bits = setBits(value)
  return new Set((Object.keys(KEY_USE) as KeyUse[]).filter((use) => bits.has(KEY_USE[use])))
}

/** Whether the subject may issue certificates, and through how many authorities below it. Throws Malformed. */
export function authorityOf(extensions: Extensions): { pathLength: number | undefined } | undefined {
  const value = read(extensions, EXTENSION.basicConstraints)
  if (!value) return undefined
  const fields = sequenceOf(value, 'basicConstraints')
  const isAuthority = fields.takeIf(TAG.boolean)
  const pathLength = fields.takeIf(TAG.integer)
  fields.end()
  if (!isAuthority || !booleanOf(isAuthority)) return undefined
  return { pathLength: pathLength && Number(integerOf(pathLength)) }
}

export function subjectKeyIdOf(extensions: Extensions): string | undefined {
  const value = read(extensions, EXTENSION.subjectKeyId)
  return value && hexOf(octetsOf(value))
}

export function authorityKeyIdOf(extensions: Extensions): string | undefined {
  const value = read(extensions, EXTENSION.authorityKeyId)
  if (!value) return undefined
  const id = childrenOf(expectTag(value, TAG.sequence, 'authorityKeyId')).find((part) => part.tag === taggedValue(0))
  return id && hexOf(id.body)
}

/** Critical extensions whose meaning is honoured here, or does not bear on signing documents. */
const HONOURED = new Set<string>(Object.values(EXTENSION))

/** A critical extension nobody here understands: what carries it must not be relied on (RFC 5280 §4.2). */
export const hasUnknownCritical = (extensions: Extensions): boolean =>
  [...extensions].some(([id, { critical }]) => critical && !HONOURED.has(id))
