import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether the program has this very content (RFC 9110 §13.2.2): If-None-Match decides when it is there, else
 * If-Modified-Since. `since`: when it became what it is, to the second as headers tell it; null: only now.
 */
export function isUnchanged(
  headers: IncomingHttpHeaders,
  { etag, since }: { etag: string; since: Date | null },
): boolean {
  const has = headers['if-none-match']
  if (has !== undefined)
    return has.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
  const seen = Date.parse(headers['if-modified-since'] ?? '')
  return since !== null && !Number.isNaN(seen) && Math.floor(since.getTime() / 1000) * 1000 <= seen
}
