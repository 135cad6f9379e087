import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { refuseUnknown } from './open-app.ts'

/**
 * Serves the built web: the citizen's app at /, the staff's at /staff/. Any page address answers the app's index, so
 * that links and reloads work; files under assets/ carry their hash in the name and are kept for a year, compressed by
 * the build. In the demo the page itself says so (`data-demo`), so that its banner is there from the first moment.
 */
export async function mountPages(app: FastifyInstance, dist: string, options: { demo: boolean }): Promise<void> {
  const index = (name: string) => {
    const file = path.join(dist, name, 'index.html')
    if (!existsSync(file)) return undefined
    const text = readFileSync(file, 'utf8')
    return options.demo ? text.replace('<html ', '<html data-demo ') : text
  }
  const pages = { citizen: index('citizen'), staff: index('staff') }
  const serveFolder = (name: 'citizen' | 'staff', prefix: string, first: boolean) =>
    app.register(fastifyStatic, {
      root: path.join(dist, name),
      prefix,
      index: false,
      decorateReply: first,
      wildcard: false,
      preCompressed: true,
      globIgnore: ['**/*.br', '**/*.gz'],
      setHeaders: (reply, file) => {
        reply.header(
          'cache-control',
          /[\\/]assets[\\/]/.test(file) ? `public, max-age=${365 * 86400}, immutable` : 'no-cache',
        )
      },
    })
  if (pages.citizen) await serveFolder('citizen', '/', true)
  if (pages.staff) await serveFolder('staff', '/staff/', !pages.citizen)
  refuseUnknown(app, (request, reply) => {
    // A file of an older build must not be answered with a page: the browser would take it for a broken script.
    if (/\/assets\/|\.\w{2,5}(\?|$)/.test(request.url))
      return reply.code(404).type('text/plain; charset=utf-8').send('Нет такого файла.\n')
    const page = request.url.startsWith('/staff') ? pages.staff : pages.citizen
    if (!page)
      return reply.code(503).type('text/plain; charset=utf-8').send('Страницы ещё не собраны: выполните npm start.\n')
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
  })
}
