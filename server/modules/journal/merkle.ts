import { createHash } from 'node:crypto'

const leaf = (data: string): Buffer => createHash('sha256').update(Buffer.of(0)).update(data).digest()
const node = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()

/**
 * Root of the Merkle tree over the rows, as RFC 6962 §2.1: leaves and nodes are hashed with different prefixes, so that
 * a row can never pass for a node. The root of no rows is the hash of the empty string.
 */
export function merkleRoot(rows: readonly string[]): Buffer {
  if (rows.length === 0) return createHash('sha256').digest()
  if (rows.length === 1) return leaf(rows[0]!)
  let split = 1
  while (split * 2 < rows.length) split *= 2
  return node(merkleRoot(rows.slice(0, split)), merkleRoot(rows.slice(split)))
}

/** Hash of a seal: its number, span, root, and the hash of the seal before it. */
export function sealHash(seal: {
  number: number
  since: Date
  until: Date
  rowCount: number
  root: Buffer
  previous: Buffer
}): Buffer {
  const head = JSON.stringify([seal.number, seal.since.toISOString(), seal.until.toISOString(), seal.rowCount])
  return createHash('sha256').update(head).update(seal.root).update(seal.previous).digest()
}
