import { element, type XmlElement } from '../xml/index.ts'
import { SoapFault } from './fault.ts'
import type { XmlNode } from '../xml/index.ts'
import { fieldsOf, type Scalar, type SoapField, type SoapType, type SoapValue } from './schema.ts'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

const DAY = '\\d{4}-\\d{2}-\\d{2}'
const CLOCK = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?'
const ZONE = '(Z|[+-](0\\d|1[0-4]):[0-5]\\d)?'

const patterns: Record<Scalar, RegExp> = {
  string: /^[\s\S]*$/,
  int: /^[+-]?\d{1,10}$/,
  boolean: /^(true|false|0|1)$/,
  dateTime: new RegExp(`^${DAY}T${CLOCK}${ZONE}$`),
  date: new RegExp(`^${DAY}${ZONE}$`),
  time: new RegExp(`^${CLOCK}${ZONE}$`),
}

/**
 * The value of an element by its type. Elements are known by their names whatever namespace and order they stand in:
 * older senders qualify only the wrapper. What the type does not know is skipped; an empty or nil element is absent.
 * Throws SoapFault naming the field that is missing, doubled or not of its type.
 */
export function readValue(type: SoapType, node: XmlNode): SoapValue {
  const value: Record<string, unknown> = {}
  for (const { field } of fieldsOf(type)) {
    const given = node.children.filter((child) => child.local === field.name)
    if (given.length > 1 && !field.many) throw wrong(field, 'стоит больше одного раза')
    const values = given.map((child) => readField(field, child)).filter((v) => v !== undefined)
    if (field.required && values.length === 0) throw wrong(field, 'не заполнено')
    if (field.many) value[field.name] = values
    else if (values.length > 0) value[field.name] = values[0]
  }
  return value
}

function readField(field: SoapField, node: XmlNode): unknown {
  const nil = node.attributes[`{${XSI}}nil`]
  if (nil === 'true' || nil === '1') return undefined
  const { type } = field
  if (typeof type === 'object') {
    const value = readValue(type, node)
    return type.isList ? value[type.fields[0]!.name] : value
  }
  if (node.children.length > 0) throw wrong(field, 'не должно содержать элементов')
  if (node.text === '') return undefined
  if (!patterns[type].test(node.text) || (type.startsWith('date') && !isDay(node.text.slice(0, 10))))
    throw wrong(field, `не похоже на ${type}`)
  if (type === 'int') return readInt(field, node.text)
  if (type === 'boolean') return node.text === 'true' || node.text === '1'
  return node.text
}

/** 31.02 is no day; nor is any of the year 0, which databases do not have. */
const isDay = (day: string): boolean => {
  const read = new Date(`${day}T00:00:00Z`)
  return day >= '0001' && !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === day
}

function readInt(field: SoapField, text: string): number {
  const number = Number(text)
  if (number < -2_147_483_648 || number > 2_147_483_647) throw wrong(field, 'не похоже на int')
  return number
}

const wrong = (field: SoapField, what: string): SoapFault => new SoapFault('Client', `Поле ${field.name} ${what}.`)

/** How names are written: in the type's own namespace, or without one inside a wrapper (older КУ ФЭР). */
export type Style = { namespace?: string; qualified: boolean }

/** The element of a value. `style` is that of the request it answers. */
export function writeValue(type: SoapType, value: SoapValue, style: Style = { qualified: true }): XmlElement {
  const namespace = style.namespace ?? type.namespace
  const prefixed = style.qualified ? { xmlns: namespace } : { 'xmlns:w': namespace }
  return element(
    style.qualified ? type.name : `w:${type.name}`,
    { ...prefixed, 'xmlns:i': XSI },
    ...contentOf(type, value, namespace, style),
  )
}

function contentOf(type: SoapType, value: SoapValue, above: string, style: Style): XmlElement[] {
  return fieldsOf(type).flatMap(({ field, namespace }) => {
    const own = style.namespace ?? namespace
    const given = value[field.name]
    const values = field.many ? ((given as unknown[] | undefined) ?? []) : [given ?? undefined]
    return values.flatMap((one) => writeField(field, one, own, above, style))
  })
}

function writeField(field: SoapField, value: unknown, namespace: string, above: string, style: Style): XmlElement[] {
  const xmlns = style.qualified && namespace !== above ? { xmlns: namespace } : {}
  if (value === undefined || value === null)
    return field.nillable ? [element(field.name, { ...xmlns, 'i:nil': 'true' })] : []
  const { type } = field
  if (typeof type !== 'object') return [element(field.name, xmlns, `${value as string | number | boolean}`)]
  const inner = type.isList ? { [type.fields[0]!.name]: value } : (value as SoapValue)
  return [element(field.name, xmlns, ...contentOf(type, inner, namespace, style))]
}
