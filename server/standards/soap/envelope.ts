import { element, writeXml, type XmlElement } from '../xml/index.ts'
import { SoapFault, type FaultCode } from './fault.ts'
import { readXml, XmlRefused, type XmlNode } from '../xml/index.ts'

export type SoapVersion = '1.1' | '1.2'

const namespaces: Record<SoapVersion, string> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
}

export type Envelope = { version: SoapVersion; body: XmlNode }

/**
 * Reads a message: the version by the namespace of the envelope, and the one element of the body. Headers are let pass,
 * but one that must be understood is not (SOAP 1.1 §4.2.3). Throws SoapFault.
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const root = readRoot(bytes)
  if (root.local !== 'Envelope') throw new SoapFault('Client', 'The message is not a SOAP envelope.')
  const version = (Object.keys(namespaces) as SoapVersion[]).find((v) => namespaces[v] === root.namespace)
  if (!version) throw new SoapFault('VersionMismatch', 'Only SOAP 1.1 and 1.2 are spoken here.')
  const own = root.children.filter((child) => child.namespace === root.namespace)
  const [header, ...headers] = own.filter((child) => child.local === 'Header')
  const [body, ...bodies] = own.filter((child) => child.local === 'Body')
  if (!body || bodies.length > 0 || headers.length > 0)
    throw new SoapFault('Client', 'An envelope has one Body and at most one Header.')
  for (const entry of header?.children ?? []) {
    const must = entry.attributes[`{${root.namespace}}mustUnderstand`]
    if (must === '1' || must === 'true')
      throw new SoapFault('MustUnderstand', `The header ${entry.local} is not understood here.`)
  }
  const [content, ...more] = body.children
  if (!content || more.length > 0) throw new SoapFault('Client', 'A Body has one element.')
  return { version, body: content }
}

function readRoot(bytes: Uint8Array): XmlNode {
  try {
    return readXml(bytes)
  } catch (error) {
    if (error instanceof XmlRefused) throw new SoapFault('Client', `The message was not read: ${error.message}.`)
    throw error
  }
}

/** Which version an unreadable message was meant to be, by the media type it came with. */
export const versionOf = (contentType: string | undefined): SoapVersion =>
  contentType?.startsWith('application/soap+xml') ? '1.2' : '1.1'

export const contentTypeOf = (version: SoapVersion): string =>
  version === '1.1' ? 'text/xml; charset=utf-8' : 'application/soap+xml; charset=utf-8'

/** The message around the element of its body. */
export const writeEnvelope = (version: SoapVersion, body: XmlElement): string =>
  writeXml(element('s:Envelope', { 'xmlns:s': namespaces[version] }, element('s:Body', {}, body)))

const codes12: Record<FaultCode, string> = {
  Client: 's:Sender',
  Server: 's:Receiver',
  VersionMismatch: 's:VersionMismatch',
  MustUnderstand: 's:MustUnderstand',
}

const DETAIL = 'urn:rmis:fault'

/** A fault as a message, with the HTTP status it goes with: 500 in 1.1 (§6.2), in 1.2 also 400 for the sender's mistakes. */
export function writeFault(version: SoapVersion, fault: SoapFault): { status: number; text: string } {
  const detail = fault.detail === undefined ? undefined : element('code', { xmlns: DETAIL }, fault.detail)
  if (version === '1.1') {
    const body = element(
      's:Fault',
      {},
      element('faultcode', {}, `s:${fault.code}`),
      element('faultstring', { 'xml:lang': 'ru' }, fault.message),
      detail && element('detail', {}, detail),
    )
    return { status: 500, text: writeEnvelope(version, body) }
  }
  const body = element(
    's:Fault',
    {},
    element('s:Code', {}, element('s:Value', {}, codes12[fault.code])),
    element('s:Reason', {}, element('s:Text', { 'xml:lang': 'ru' }, fault.message)),
    detail && element('s:Detail', {}, detail),
  )
  return { status: fault.code === 'Client' ? 400 : 500, text: writeEnvelope(version, body) }
}
