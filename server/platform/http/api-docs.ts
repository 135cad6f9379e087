import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'

const scriptFor = (address: string) => `window.addEventListener('load', () => {
  SwaggerUIBundle({ url: '${address}/openapi.json', dom_id: '#api', deepLinking: true, defaultModelsExpandDepth: -1 })
})`
const pageFor = (
  address: string,
  title: string,
) => `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="${address}/docs/start.js"></script></body></html>`

/** /api/openapi.json and its reader at /api/docs (Swagger UI from its npm package, no inline scripts). */
export function mountApiDocs(app: FastifyInstance, openApi: object): void {
  const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const file = (name: string) => readFileSync(path.join(folder, name))
  mountApiReader(app, { address: '/api', title: 'РМИС: описание API', openApi })
  app.get('/api/docs/swagger-ui.css', async (_request, reply) => reply.type('text/css').send(file('swagger-ui.css')))
  app.get('/api/docs/swagger-ui-bundle.js', async (_request, reply) =>
    reply.type('text/javascript').send(file('swagger-ui-bundle.js')),
  )
}

/** {address}/openapi.json and its reader at {address}/docs, which draws with the files that mountApiDocs serves. */
export function mountApiReader(
  app: FastifyInstance,
  { address, title, openApi }: { address: string; title: string; openApi: object },
): void {
  const text = JSON.stringify(openApi)
  const page = pageFor(address, title)
  const script = scriptFor(address)
  app.get(`${address}/openapi.json`, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(text),
  )
  app.get(`${address}/docs`, async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
  app.get(`${address}/docs/start.js`, async (_request, reply) => reply.type('text/javascript').send(script))
}
