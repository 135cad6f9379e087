import { Malformed } from './malformed.ts'

/**
 * Bytes of DER given as DER, as PEM or as bare base64 (what browser plug-ins return). The first PEM block counts.
 * Throws Malformed.
 */
export function derOf(input: Uint8Array | string): Uint8Array {
  if (typeof input !== 'string' && input[0] === 0x30) return input
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1')
  const block = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(text)
  const base64 = (block ? block[1]! : text).replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new Malformed('neither DER nor PEM')
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

/** Every certificate of a file, DER each: a PEM file may hold a whole chain. Throws Malformed when there is none. */
export function certificatesOf(file: Uint8Array): Uint8Array[] {
  const blocks = Buffer.from(file)
    .toString('latin1')
    .match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  return blocks ? blocks.map(derOf) : [derOf(file)]
}

/** DER as PEM: `pemOf('CERTIFICATE', bytes)`. */
export function pemOf(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
