import * as T from 'typebox'

export * from './formats.ts'

/** UUID in lower case; ours are UUIDv7. */
export const Id = T.String({ format: 'id', description: 'UUID' })
/** СНИЛС: 11 digits with right check digits, no separators. */
export const Snils = T.String({ format: 'snils', description: 'СНИЛС, 11 цифр без разделителей' })
/** ЕНП: 16 digits with a right check digit. */
export const Enp = T.String({ format: 'enp', description: 'Единый номер полиса ОМС, 16 цифр' })
/** ИНН of a person: 12 digits. */
export const Inn = T.String({ format: 'inn', description: 'ИНН физического лица, 12 цифр' })
/** A calendar day, 'YYYY-MM-DD', without time or zone. */
export const PlainDate = T.String({ format: 'plain-date', description: 'Дата ГГГГ-ММ-ДД' })
/** A moment, ISO 8601 with zone; the server always answers in UTC ('…Z'). */
export const Instant = T.String({ format: 'instant', description: 'Момент времени ISO 8601' })
/** Object identifier in dotted form. */
export const Oid = T.String({ pattern: '^[0-2](\\.(0|[1-9]\\d*))+$', maxLength: 128, description: 'OID' })
/** One line of text a person typed: trimmed by the form, 1–200 characters. */
export const Line = T.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' })
/** Free text with line breaks, up to 20,000 characters, no control characters. */
export const Text = T.String({ maxLength: 20_000, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$' })
/** Version of a row as a caller has seen it, 0: none yet. The database counts in 32 bits. */
export const RowVersion = T.Integer({ minimum: 0, maximum: 2_147_483_647 })
/** Local time of day 'HH:MM'. */
export const TimeOfDay = T.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Время ЧЧ:ММ' })

/** An object whose properties are all listed: an extra one is refused, in requests and in our own replies alike. */
export const Shape = <const P extends T.TProperties>(properties: P) =>
  T.Object(properties, { additionalProperties: false })
/** A value that may be absent, as null. */
export const Nullable = <S extends T.TSchema>(schema: S) => T.Union([schema, T.Null()])
/** One of the given strings. */
export const OneOf = <const V extends string[]>(...values: V) => T.Unsafe<V[number]>({ type: 'string', enum: values })
