export {
  contentTypeOf,
  readEnvelope,
  versionOf,
  writeEnvelope,
  writeFault,
  type Envelope,
  type SoapVersion,
} from './envelope.ts'
export { SoapFault } from './fault.ts'
export { MAX_BYTES, type XmlNode } from '../xml/index.ts'
export {
  fields,
  fieldsOf,
  listOf,
  scalarList,
  textOf,
  type SoapField,
  type SoapOperation,
  type SoapService,
  type SoapType,
  type SoapValue,
} from './schema.ts'
export { readValue, writeValue, type Style } from './values.ts'
export { writeWsdl } from './wsdl.ts'
