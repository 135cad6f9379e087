export { MAX_BYTES, readXml, XmlRefused, type XmlLimits, type XmlNode } from './read-xml.ts'
export { element, withoutForbidden, writeXml, type XmlChild, type XmlElement } from './write-xml.ts'
