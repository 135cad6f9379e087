import type { TObject } from 'typebox'
import { BASE, gorzdravOperations, type RestOperation } from './service.ts'

/** OpenAPI 3.1 of the portal's REST, from the shapes by which requests are read and replies checked. */
export function gorzdravOpenApi(): object {
  const paths = gorzdravOperations.map((operation) => [
    `${BASE}${operation.path.replace(/:(\w+)/g, '{$1}')}`,
    { [operation.method.toLowerCase()]: describe(operation) },
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Запись на приём для порталов',
      version: '2',
      description:
        'Запросы портала записи поверх Концентратора. Токен системы выдаёт администратор; он идёт в заголовке Authorization (Bearer или пароль Basic). Отказ записи приходит со статусом 200, success = false и errorCode; статусы 400, 401, 403, 413 и 429 — о самом запросе. Время — по часам организации, без пояса.',
    },
    paths: Object.fromEntries(paths) as object,
    security: [{ bearer: [] }, { basic: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, basic: { type: 'http', scheme: 'basic' } },
      schemas: { Refusal: refusal },
    },
  }
}

const refusal = {
  type: 'object',
  required: ['success', 'errorCode', 'message', 'requestId'],
  properties: {
    success: { const: false },
    errorCode: { type: 'integer' },
    message: { type: 'string' },
    requestId: { type: 'string', description: 'Номер запроса' },
  },
}

const refused = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
})

const describe = (operation: RestOperation): object => ({
  operationId: operation.name,
  summary: operation.summary,
  parameters: [...parameters(operation.params, 'path'), ...parameters(operation.query, 'query')],
  ...(operation.body && {
    requestBody: { required: true, content: { 'application/json': { schema: operation.body } } },
  }),
  responses: {
    200: {
      description: 'Готово, или отказ с success = false',
      content: {
        'application/json': { schema: { anyOf: [success(operation), { $ref: '#/components/schemas/Refusal' }] } },
      },
    },
    400: refused('Запрос не прочитан'),
    401: refused('Токен не подходит'),
    403: refused('Системе это не разрешено'),
    413: refused('Слишком большой запрос'),
    429: refused('Слишком много запросов'),
  },
})

const success = ({ result }: RestOperation) => ({
  type: 'object',
  required: ['result', 'success', 'errorCode', 'message', 'stackTrace'],
  properties: {
    result,
    success: { const: true },
    errorCode: { const: 0 },
    message: { type: 'null' },
    stackTrace: { type: 'null' },
  },
})

const parameters = (shape: TObject | undefined, place: 'path' | 'query'): object[] =>
  Object.entries(shape?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || (shape!.required ?? []).includes(name as never),
    schema,
  }))
