import { roots, type Code } from './codes.ts'
import type { Address, Moment, Organization, PersonName } from './consultation.ts'
import { element, type XmlElement } from '../xml/index.ts'

/** Why a value is absent (HL7 v3 NullFlavor): NI not said, NA does not apply, NAV not at hand, UNK not known. */
type Absence = 'NI' | 'NA' | 'NAV' | 'UNK'

export const absent = (name: string, why: Absence = 'NI'): XmlElement => element(name, { nullFlavor: why })

export const id = (root: string, extension?: string): XmlElement => element('id', { root, extension })

/** The СНИЛС as РЭМД wants it, XXX-XXX-XXX XX. */
export const snilsId = (snils: string | null): XmlElement =>
  snils === null ? absent('id') : id(roots.snils, snils.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4'))

/** The five attributes of a coded value; `type` is needed where the schema cannot tell (extensions, `value`). */
export const coded = (name: string, code: Code, type?: 'CD'): XmlElement =>
  element(name, { 'xsi:type': type, ...codeAttributes(code) })

export const codeAttributes = (code: Code): Record<string, string> => ({
  code: code.code,
  codeSystem: code.system,
  codeSystemVersion: code.version,
  codeSystemName: code.systemName,
  displayName: code.name,
})

/** Character string (HL7 ST), its type named, as extensions and `value` need it. */
export const st = (name: string, text: string): XmlElement => element(name, { 'xsi:type': 'ST' }, text)

/** Text as a value; empty text is «no information». */
export const textValue = (text: string): XmlElement =>
  text.trim() === '' ? element('value', { 'xsi:type': 'ST', nullFlavor: 'NI' }) : st('value', text)

/** HL7 TS to the minute with the zone: 202611240915+0700. */
export function timestamp({ at, offset }: Moment): string {
  const local = new Date(at.getTime() + offset * 60_000).toISOString().replace(/\D/g, '').slice(0, 12)
  const minutes = Math.abs(offset)
  const pad = (n: number) => String(n).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${pad(minutes % 60)}`
}

/** 'YYYY-MM-DD' as HL7 TS to the day. */
export const dayStamp = (day: string): string => day.replaceAll('-', '')

export const personName = ({ family, given, patronymic }: PersonName): XmlElement =>
  element(
    'name',
    {},
    element('family', {}, family),
    element('given', {}, given),
    patronymic !== null && st('identity:Patronymic', patronymic),
  )

/** `tel:` with digits and the signs that У1-4 lets: the first number in the text, without what is said after it. */
export function phone(text: string | null): XmlElement | undefined {
  const dialled = /\+?\(?\d[-().\d\s]*/.exec(text ?? '')?.[0].replace(/\s/g, '')
  return dialled === undefined ? undefined : element('telecom', { value: `tel:${dialled}` })
}

/** `mailto:`; undefined for what cannot be a mailbox. */
export const email = (mailbox: string | null): XmlElement | undefined =>
  mailbox !== null && /^[^\s@]+@[^\s@]+$/.test(mailbox) ? element('telecom', { value: `mailto:${mailbox}` }) : undefined

/**
 * An address. Without the subject of the Federation it cannot be coded (У1-3), so it goes out as a line marked UNK;
 * `kind` is told for addresses of patients.
 */
export const address = ({ line, subject, postalCode }: Address, kind?: Code): XmlElement =>
  element(
    'addr',
    { nullFlavor: subject === null ? 'UNK' : undefined },
    kind && coded('address:Type', kind, 'CD'),
    element('streetAddressLine', {}, line),
    subject !== null && [
      coded('address:stateCode', subject, 'CD'),
      postalCode === null ? absent('postalCode') : element('postalCode', {}, postalCode),
      absent('fias:Address'),
    ],
  )

/** What every organisation of a header has, in the order of the schema. */
export const organizationParts = ({
  name,
  phone: number,
  address: place,
}: Organization): (XmlElement | undefined)[] => [element('name', {}, name), phone(number), address(place)]
