// A service described as data: the WSDL is written from it, requests are read by it and replies written by it, so the
// three cannot differ. Only what document/literal services of booking use.

export type Scalar = 'string' | 'int' | 'boolean' | 'dateTime' | 'date' | 'time'

/** A complex type: its own elements after those of its base (as a DataContract writes them). */
export type SoapType = {
  readonly name: string
  readonly namespace: string
  readonly base?: SoapType
  readonly fields: readonly SoapField[]
  /** A wrapper around a list («ListLPU» around «Clinic»); its value is the list itself. */
  readonly isList?: true
}

export type SoapField = {
  readonly name: string
  readonly type: Scalar | SoapType
  readonly required?: true
  /** The element may stand many times. */
  readonly many?: true
  /** An absent value is written as xsi:nil instead of being left out. */
  readonly nillable?: true
}

/** One operation: the element of the body each way, and its SOAPAction. */
export type SoapOperation = {
  readonly name: string
  readonly action: string
  readonly request: SoapType
  readonly reply: SoapType
}

export type SoapService = {
  readonly name: string
  readonly port: string
  readonly binding: string
  readonly namespace: string
  readonly operations: readonly SoapOperation[]
}

/** A value of a complex type: absent and null are one. */
export type SoapValue = { readonly [name: string]: unknown }

/** A field that is text; empty when it is absent. */
export const textOf = (value: SoapValue, field: string): string => {
  const text = value[field]
  return typeof text === 'string' ? text : ''
}

export const fieldsOf = (type: SoapType): { field: SoapField; namespace: string }[] => [
  ...(type.base ? fieldsOf(type.base) : []),
  ...type.fields.map((field) => ({ field, namespace: type.namespace })),
]

/** «ArrayOfClinic»: a list within an element of its own. */
export const listOf = (type: SoapType): SoapType => ({
  name: `ArrayOf${type.name}`,
  namespace: type.namespace,
  isList: true,
  fields: [{ name: type.name, type, many: true, nillable: true }],
})

const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays'

/** «ArrayOfdateTime»: how DataContracts write a list of plain values. */
export const scalarList = (type: Scalar): SoapType => ({
  name: `ArrayOf${type}`,
  namespace: ARRAYS,
  isList: true,
  fields: [{ name: type, type, many: true }],
})

/** Fields from short notes: `name`, `name:int`, `name!` (required), `name:int?` (nillable). */
export function fields(...notes: (string | SoapField)[]): SoapField[] {
  return notes.map((note) => {
    if (typeof note !== 'string') return note
    const match = /^(\w+)(?::(string|int|boolean|dateTime|date|time))?([!?])?$/.exec(note)
    if (!match) throw new Error(`not a note of a field: ${note}`)
    const [, name, type, mark] = match
    return {
      name: name!,
      type: (type ?? 'string') as Scalar,
      ...(mark === '!' && { required: true as const }),
      ...(mark === '?' && { nillable: true as const }),
    }
  })
}
