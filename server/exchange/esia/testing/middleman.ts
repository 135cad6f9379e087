import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Reply = { status: number; body: string; headers?: Record<string, string> }
/** What happens to an answer of ЕСИА on its way: changed, replaced, or «silence», which never ends. */
export type Meddle = (path: string, reply: Reply) => Reply | 'silence' | 'hang-up'

/** A server between the relying party and ЕСИА: passes everything on, and meddles when a test tells it to. */
export class Middleman {
  meddle: Meddle = (_path, reply) => reply
  /** Paths asked for so far. */
  readonly asked: string[] = []
  readonly #server: Server
  #to = ''

  constructor() {
    this.#server = createServer((request, response) => void this.#pass(request, response))
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!
    this.asked.push(path)
    const body: Buffer[] = []
    for await (const part of request) body.push(part as Buffer)
    const { authorization, 'content-type': type } = request.headers
    const answer = await fetch(this.#to + path, {
      method: request.method!,
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      ...(body.length > 0 && { body: Buffer.concat(body) }),
    })
    const reply = this.meddle(path, { status: answer.status, body: await answer.text() })
    if (reply === 'silence') return
    if (reply === 'hang-up') return void request.socket.destroy()
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body)
  }

  /** Begins to listen; its address. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Where everything is passed on to. */
  passOnTo(address: string): void {
    this.#to = address
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
