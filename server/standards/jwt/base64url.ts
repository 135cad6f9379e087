/** Bytes or UTF-8 text as base64url without padding (RFC 7515 §2). */
export const toBase64url = (data: Uint8Array | string): string => Buffer.from(data as Uint8Array).toString('base64url')

/** The bytes of a base64url text; undefined when it is not one in its only spelling. */
export function fromBase64url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : undefined
}
