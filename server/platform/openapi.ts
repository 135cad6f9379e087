import { isFileReply, type Endpoint, type ProblemType } from '../../contracts/endpoint.ts'
import { commonProblems } from '../../contracts/problems.ts'

/** OpenAPI 3.1 of the given endpoints. Contracts are JSON Schema already, so they stand in it as they are. */
export function openApiOf(endpoints: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const e of [...endpoints].sort(
    (a, b) => a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en'),
  )) {
    const path = e.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [e.method.toLowerCase()]: operationOf(e) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'РМИС',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Операции региональной медицинской информационной системы. Отказы — RFC 9457 (application/problem+json), поле type постоянно. Изменяющие запросы несут заголовок Idempotency-Key: повтор с тем же ключом безопасен.',
    },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'rmis_session' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problemSchema },
    },
  }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'status', 'title'],
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string' },
    advice: { type: 'string' },
    instance: { type: 'string', description: 'Номер запроса' },
    fields: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}

function operationOf(e: Endpoint): object {
  const who = e.who === 'anyone' ? 'Кто угодно' : e.who === 'signed-in' ? 'Любой вошедший' : e.who.join(', ')
  return {
    operationId: e.name,
    tags: [e.name.slice(0, e.name.indexOf('.'))],
    summary: e.summary,
    description: `Кто может: ${who}.`,
    ...(e.who !== 'anyone' && { security: [{ session: [] }, { bearer: [] }] }),
    parameters: parametersOf(e),
    ...(e.body && { requestBody: { required: true, content: { 'application/json': { schema: e.body } } } }),
    responses: {
      200: {
        description: 'Готово',
        content: isFileReply(e.reply)
          ? { [e.reply.file]: { schema: { type: 'string', format: 'binary' } } }
          : { 'application/json': { schema: e.reply } },
      },
      ...refusalsOf([...e.problems, ...commonProblems]),
    },
  }
}

function parametersOf(e: Endpoint): object[] {
  const from = (schema: Endpoint['params'], place: 'path' | 'query') => {
    const { properties = {}, required = [] } = (schema ?? {}) as {
      properties?: Record<string, object>
      required?: string[]
    }
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: property,
    }))
  }
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', minLength: 8, maxLength: 100 },
  }
  return [
    ...from(e.params, 'path'),
    ...from(e.query, 'query'),
    ...(e.method !== 'GET' && !e.withoutIdempotencyKey ? [key] : []),
  ]
}

function refusalsOf(problems: readonly ProblemType[]): Record<string, object> {
  const byStatus = new Map<number, ProblemType[]>()
  for (const problem of problems) byStatus.set(problem.status, [...(byStatus.get(problem.status) ?? []), problem])
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((p) => `${p.title} (${p.type})`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}
