import { createHash } from 'node:crypto'
import type { ConsultationDraft } from '../../../contracts/chart.ts'

/** Stands before the fingerprint within the signed XML. */
const MARK = 'rmis-content:'

/** The same value with the keys of every object in one order: jsonb keeps no order of its own. */
const ordered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([k, v]) => [k, ordered(v)]),
        )
      : value

/**
 * Ties what the page shows (`content` of the row) to what is signed: the mark of this document's content, which the
 * renderer writes into the XML, so that it is under the signature.
 */
export const markOf = (documentId: string, record: ConsultationDraft): string =>
  MARK +
  createHash('sha256')
    .update(JSON.stringify(ordered({ documentId, record })))
    .digest('hex')

/** Whether signed XML was made of this very content of this very document. XML that bears no mark is from before there were marks. */
export function isMadeOf(xml: Buffer, documentId: string, record: ConsultationDraft): boolean {
  return !xml.includes(MARK) || xml.includes(markOf(documentId, record))
}
