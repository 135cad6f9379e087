import { element, writeXml, type XmlElement } from '../xml/index.ts'
import type { SoapField, SoapService, SoapType } from './schema.ts'

const WSDL = 'http://schemas.xmlsoap.org/wsdl/'
const XSD = 'http://www.w3.org/2001/XMLSchema'

/**
 * The WSDL 1.1 of a service at an address, with a binding for SOAP 1.1 and one for 1.2, document/literal. Root elements
 * of operations are global elements with types of their own; every other type is a named complexType of its namespace.
 */
export function writeWsdl(service: SoapService, address: string): string {
  const roots = service.operations.flatMap(({ request, reply }) => [request, reply])
  const types = reachable(roots)
  const spaces = [...new Set([...roots, ...types].map((type) => type.namespace))]
  const prefixOf = new Map(spaces.map((namespace, i) => [namespace, `n${i}`]))
  return writeXml(
    element(
      'wsdl:definitions',
      {
        name: service.name,
        targetNamespace: service.namespace,
        'xmlns:wsdl': WSDL,
        'xmlns:xs': XSD,
        'xmlns:soap': 'http://schemas.xmlsoap.org/wsdl/soap/',
        'xmlns:soap12': 'http://schemas.xmlsoap.org/wsdl/soap12/',
        'xmlns:tns': service.namespace,
        ...Object.fromEntries([...prefixOf].map(([namespace, prefix]) => [`xmlns:${prefix}`, namespace])),
      },
      element('wsdl:types', {}, ...spaces.map((namespace) => schemaOf(namespace, roots, types, prefixOf))),
      ...service.operations.flatMap(({ name, request, reply }) => [
        message(`${name}Input`, request, prefixOf),
        message(`${name}Output`, reply, prefixOf),
      ]),
      portType(service),
      binding(service, 'soap'),
      binding(service, 'soap12'),
      element(
        'wsdl:service',
        { name: service.name },
        ...(['soap', 'soap12'] as const).map((soap) =>
          element(
            'wsdl:port',
            { name: bindingName(service, soap), binding: `tns:${bindingName(service, soap)}` },
            element(`${soap}:address`, { location: address }),
          ),
        ),
      ),
    ),
  )
}

/** Every complex type that the roots lead to, bases included, each once by its name. */
function reachable(roots: readonly SoapType[]): SoapType[] {
  const found = new Map<string, SoapType>()
  const walk = (type: SoapType): void => {
    for (const next of [type.base, ...type.fields.map((field) => field.type)]) {
      if (typeof next !== 'object') continue
      const key = `{${next.namespace}}${next.name}`
      if (found.has(key)) continue
      found.set(key, next)
      walk(next)
    }
  }
  roots.forEach(walk)
  return [...found.values()]
}

type Prefixes = ReadonlyMap<string, string>

function schemaOf(
  namespace: string,
  roots: readonly SoapType[],
  types: readonly SoapType[],
  prefixes: Prefixes,
): XmlElement {
  return element(
    'xs:schema',
    { targetNamespace: namespace, elementFormDefault: 'qualified' },
    ...[...prefixes.keys()]
      .filter((other) => other !== namespace)
      .map((other) => element('xs:import', { namespace: other })),
    ...roots
      .filter((root) => root.namespace === namespace)
      .map((root) =>
        element('xs:element', { name: root.name }, element('xs:complexType', {}, sequence(root, prefixes))),
      ),
    ...types.filter((type) => type.namespace === namespace).map((type) => complexType(type, prefixes)),
  )
}

function complexType(type: SoapType, prefixes: Prefixes): XmlElement {
  const own = sequence(type, prefixes)
  if (!type.base) return element('xs:complexType', { name: type.name }, own)
  const base = `${prefixes.get(type.base.namespace)}:${type.base.name}`
  const content = element('xs:complexContent', {}, element('xs:extension', { base }, own))
  return element('xs:complexType', { name: type.name }, content)
}

const sequence = (type: SoapType, prefixes: Prefixes): XmlElement =>
  element('xs:sequence', {}, ...type.fields.map((field) => fieldElement(field, prefixes)))

const fieldElement = ({ name, type, required, many, nillable }: SoapField, prefixes: Prefixes): XmlElement =>
  element('xs:element', {
    name,
    type: typeof type === 'object' ? `${prefixes.get(type.namespace)}:${type.name}` : `xs:${type}`,
    minOccurs: required ? undefined : '0',
    maxOccurs: many ? 'unbounded' : undefined,
    nillable: nillable ? 'true' : undefined,
  })

const message = (name: string, root: SoapType, prefixes: Prefixes): XmlElement =>
  element(
    'wsdl:message',
    { name },
    element('wsdl:part', { name: 'parameters', element: `${prefixes.get(root.namespace)}:${root.name}` }),
  )

const portType = ({ port, operations }: SoapService): XmlElement =>
  element(
    'wsdl:portType',
    { name: port },
    ...operations.map(({ name }) =>
      element(
        'wsdl:operation',
        { name },
        element('wsdl:input', { message: `tns:${name}Input` }),
        element('wsdl:output', { message: `tns:${name}Output` }),
      ),
    ),
  )

const bindingName = ({ binding }: SoapService, soap: 'soap' | 'soap12'): string =>
  soap === 'soap' ? binding : `${binding}12`

function binding(service: SoapService, soap: 'soap' | 'soap12'): XmlElement {
  const body = () => element(`${soap}:body`, { use: 'literal' })
  return element(
    'wsdl:binding',
    { name: bindingName(service, soap), type: `tns:${service.port}` },
    element(`${soap}:binding`, { style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' }),
    ...service.operations.map(({ name, action }) =>
      element(
        'wsdl:operation',
        { name },
        element(`${soap}:operation`, { soapAction: action, style: 'document' }),
        element('wsdl:input', {}, body()),
        element('wsdl:output', {}, body()),
      ),
    ),
  )
}
