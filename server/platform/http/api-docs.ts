import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'

const script = `window.addEventListener('load', () => {
  SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, defaultModelsExpandDepth: -1 })
})`
const page = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>РМИС: описание API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`

/** /api/openapi.json and its reader at /api/docs (Swagger UI from its npm package, no inline scripts). */
export function mountApiDocs(app: FastifyInstance, openApi: object): void {
  const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const file = (name: string) => readFileSync(path.join(folder, name))
  const text = JSON.stringify(openApi)
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(text))
  app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
  app.get('/api/docs/start.js', async (_request, reply) => reply.type('text/javascript').send(script))
  app.get('/api/docs/swagger-ui.css', async (_request, reply) => reply.type('text/css').send(file('swagger-ui.css')))
  app.get('/api/docs/swagger-ui-bundle.js', async (_request, reply) =>
    reply.type('text/javascript').send(file('swagger-ui-bundle.js')),
  )
}
