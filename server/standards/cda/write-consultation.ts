import { body } from './body.ts'
import type { ConsultationDocument } from './consultation.ts'
import { header } from './header.ts'
import { element, writeXml } from '../xml/index.ts'

const namespaces = {
  xmlns: 'urn:hl7-org:v3',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:identity': 'urn:hl7-ru:identity',
  'xmlns:address': 'urn:hl7-ru:address',
  'xmlns:medService': 'urn:hl7-ru:medService',
  'xmlns:fias': 'urn:hl7-ru:fias',
} as const

/**
 * «Протокол консультации» (kind 119, edition 4) as XML text. The same document gives the same text. What is null stands
 * with a nullFlavor; what РЭМД does not accept as missing (README.md lists it) makes the text valid CDA but unregistrable.
 */
export const writeConsultation = (document: ConsultationDocument): string =>
  writeXml(element('ClinicalDocument', namespaces, ...header(document), body(document)))
