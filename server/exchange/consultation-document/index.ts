import type { RenderDocument } from '../../modules/documents/index.ts'
import { writeConsultation } from '../../standards/cda/write-consultation.ts'
import { contentAsCda } from './content-as-cda.ts'
import { printConsultation } from './printed-consultation.ts'

/**
 * A consultation as СЭМД (CDA R2, kind 119, edition 4, UTF-8) and as PDF/A-2a, both from the same content and nothing
 * else: the same content gives the same bytes. Throws Error when a code of the record has no concept beside it.
 */
export const renderConsultationDocument: RenderDocument = async (content) => ({
  cda: new TextEncoder().encode(`${writeConsultation(contentAsCda(content))}<!-- ${content.mark} -->\n`),
  pdf: printConsultation(content),
})
