import { Compile, type Validator } from 'typebox/compile'
import { Format } from 'typebox/format'
import type { TSchema } from 'typebox'
import { Invalid } from '../../../contracts/problems.ts'
import { valueFormats } from '../../../contracts/values.ts'
import { Problem } from '../problem.ts'

for (const [name, { check }] of Object.entries(valueFormats)) Format.Set(name, check)

type FieldError = { keyword: string; instancePath: string; params: Record<string, unknown> }
const compiled = new WeakMap<TSchema, Validator>()

function validatorOf(schema: TSchema): Validator {
  const known = compiled.get(schema)
  if (known) return known
  const made = Compile(schema) as Validator
  compiled.set(schema, made)
  return made
}

/** A schema keyword as a sentence in Russian. */
function sentence({ keyword, params }: FieldError): string {
  switch (keyword) {
    case 'required':
      return 'Обязательное поле'
    case 'additionalProperties':
      return 'Лишнее поле'
    case 'format':
      return valueFormats[String(params['format'])]?.message ?? 'Неверный формат'
    case 'minLength':
      return Number(params['limit']) === 1 ? 'Заполните это поле' : `Не короче ${params['limit']} знаков`
    case 'maxLength':
      return `Не длиннее ${params['limit']} знаков`
    case 'minimum':
      return `Не меньше ${params['limit']}`
    case 'maximum':
      return `Не больше ${params['limit']}`
    case 'minItems':
      return `Не меньше ${params['limit']} значений`
    case 'maxItems':
      return `Не больше ${params['limit']} значений`
    case 'enum':
      return `Одно из значений: ${(params['allowedValues'] as string[]).join(', ')}`
    case 'type':
      return 'Неверный тип значения'
    default:
      return 'Недопустимое значение'
  }
}

/** Names the field a person has to look at: the missing or extra property itself, not the object it is missing from. */
function pathsOf(error: FieldError): string[] {
  const names =
    error.keyword === 'required'
      ? error.params['requiredProperties']
      : error.keyword === 'additionalProperties'
        ? error.params['additionalProperties']
        : undefined
  return Array.isArray(names) ? names.map((name) => `${error.instancePath}/${name}`) : [error.instancePath]
}

function fieldsOf(errors: FieldError[]): { path: string; message: string }[] {
  const fields = new Map<string, string>()
  for (const error of errors) {
    // The union itself and «schema is false» only repeat what the more exact errors beside them say.
    if (error.keyword === 'boolean') continue
    for (const path of pathsOf(error))
      if (!fields.has(path) || error.keyword === 'format') fields.set(path, sentence(error))
  }
  return [...fields].map(([path, message]) => ({ path: path.replace(/^\//, '').replaceAll('/', '.'), message }))
}

/**
 * Checks a value against a contract's schema; throws Problem(Invalid) naming each wrong field in Russian. Whatever the
 * schema says, a text must be one that PostgreSQL can keep.
 */
export function checkInput(schema: TSchema, value: unknown): void {
  const validator = validatorOf(schema)
  if (!validator.Check(value)) throw new Problem(Invalid, { fields: fieldsOf(validator.Errors(value) as FieldError[]) })
  const unkept = [...pathsOfUnkeptTexts(value)]
  if (unkept.length > 0)
    throw new Problem(Invalid, {
      fields: unkept.map((path) => ({ path, message: 'В тексте есть недопустимые знаки' })),
    })
}

/** PostgreSQL refuses NUL in a text and halves of surrogate pairs in JSON, and the driver would replace the latter. */
const canBeKept = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text)

function* pathsOfUnkeptTexts(value: unknown, path = ''): Generator<string> {
  if (typeof value === 'string' && !canBeKept(value)) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [name, part] of Object.entries(value)) yield* pathsOfUnkeptTexts(part, path ? `${path}.${name}` : name)
}

/** Checks our own reply; a difference is a bug of ours, so it throws a plain Error that names where, without the values. */
export function checkReply(schema: TSchema, value: unknown, operation: string): void {
  const validator = validatorOf(schema)
  if (validator.Check(value)) return
  const where = (validator.Errors(value) as FieldError[]).map((e) => `${e.instancePath || '/'} ${e.keyword}`)
  throw new Error(`reply of ${operation} does not keep its contract: ${where.join('; ')}`)
}

/** Query strings are text: turns them into the numbers and booleans that the schema asks for; the rest stays text. */
export function fromQuery(schema: TSchema, query: Record<string, unknown>): Record<string, unknown> {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {}
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const type = properties[name]?.type
      if (typeof value !== 'string') return [name, value]
      if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(\.\d+)?$/.test(value)) return [name, Number(value)]
      if (type === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true']
      return [name, value]
    }),
  )
}
