import { oidOf, textOf } from './der-values.ts'
import { childrenOf, expectTag, readDer, sequenceOf, TAG, type Der } from './der.ts'
import { der, oid, sequence, utf8 } from './der-write.ts'

// Distinguished names as qualified certificates carry them: order of the ФСБ № 795 of 27.12.2011, ITU-T X.520.

type Written = { oid: string; as: 'utf8' | 'digits' | 'printable' | 'ascii' }

const ATTRIBUTES = {
  commonName: { oid: '2.5.4.3', as: 'utf8' },
  surname: { oid: '2.5.4.4', as: 'utf8' },
  /** Name and patronymic, separated by a blank. */
  givenName: { oid: '2.5.4.42', as: 'utf8' },
  country: { oid: '2.5.4.6', as: 'printable' },
  region: { oid: '2.5.4.8', as: 'utf8' },
  locality: { oid: '2.5.4.7', as: 'utf8' },
  street: { oid: '2.5.4.9', as: 'utf8' },
  organization: { oid: '2.5.4.10', as: 'utf8' },
  department: { oid: '2.5.4.11', as: 'utf8' },
  position: { oid: '2.5.4.12', as: 'utf8' },
  email: { oid: '1.2.840.113549.1.9.1', as: 'ascii' },
  /** 11 digits. */
  snils: { oid: '1.2.643.100.3', as: 'digits' },
  ogrn: { oid: '1.2.643.100.1', as: 'digits' },
  ogrnip: { oid: '1.2.643.100.5', as: 'digits' },
  /** INN of a person, 12 digits. */
  inn: { oid: '1.2.643.3.131.1.1', as: 'digits' },
  /** INN of an organisation, 10 digits. */
  innOfOrganization: { oid: '1.2.643.100.4', as: 'digits' },
} as const satisfies Record<string, Written>

export type NameFields = Partial<Record<keyof typeof ATTRIBUTES, string>>

/** A name: its exact bytes, by which issuers are found, and the attributes known here. */
export type Name = { raw: Uint8Array; fields: NameFields }

const FIELD_OF = new Map<string, keyof NameFields>(
  Object.entries(ATTRIBUTES).map(([field, { oid }]) => [oid, field as keyof NameFields]),
)

/** Reads a Name; of a repeated attribute the first value counts. Throws Malformed. */
export function readName(value: Der): Name {
  const fields: NameFields = {}
  for (const set of childrenOf(expectTag(value, TAG.sequence, 'Name')))
    for (const pair of childrenOf(expectTag(set, TAG.set, 'RelativeDistinguishedName'))) {
      const parts = sequenceOf(pair, 'AttributeTypeAndValue')
      const field = FIELD_OF.get(oidOf(parts.take()))
      const text = parts.take()
      parts.end()
      if (field) fields[field] ??= textOf(text)
    }
  return { raw: value.raw, fields }
}

/** Writes a Name with its attributes in the order given. */
export function writeName(fields: NameFields): Name {
  const sets = Object.entries(fields).map(([field, text]) => {
    const { oid: type, as } = ATTRIBUTES[field as keyof NameFields]
    return der(TAG.set, sequence(oid(type), textAs(as, text)))
  })
  return readName(readDer(sequence(...sets)))
}

function textAs(as: Written['as'], text: string): Uint8Array {
  if (as === 'utf8') return utf8(text)
  const tag = { digits: TAG.numericString, printable: TAG.printableString, ascii: TAG.ia5String }[as]
  return der(tag, Buffer.from(text, 'latin1'))
}

/** «Иванова Анна Сергеевна»: surname and given names, or the common name where a certificate has no surname. */
export const fullNameOf = ({ surname, givenName, commonName }: NameFields): string =>
  surname ? [surname, givenName].filter(Boolean).join(' ') : (commonName ?? '')
