import { connect, type Socket } from 'node:net'

export type Answer = { status: number; body: string }
type Ask = { method: 'GET' | 'POST'; path: string; token: string; key?: string; body?: object }

/**
 * One kept-alive HTTP/1.1 connection, as a browser would have it. Written by hand because the client shares the machine
 * with what it measures: it takes a fraction of the processor time that node:http or fetch would take from the server.
 * One request at a time.
 */
export class HttpConnection {
  readonly #socket: Socket
  #received: Buffer[] = []
  #size = 0
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (part) => this.#take(part))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  static async open(port: number): Promise<HttpConnection> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new HttpConnection(socket)
  }

  /** Sends a request as the owner of a session and waits for the whole answer. */
  ask({ method, path, token, key, body }: Ask): Promise<Answer> {
    const text = body && JSON.stringify(body)
    const head = [
      `${method} ${path} HTTP/1.1`,
      'host: 127.0.0.1',
      `cookie: rmis_session=${token}`,
      ...(key ? [`idempotency-key: ${key}`] : []),
      ...(text ? ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`] : []),
    ]
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(`${head.join('\r\n')}\r\n\r\n${text ?? ''}`)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #take(part: Buffer): void {
    this.#received.push(part)
    this.#size += part.length
    const all = this.#received.length === 1 ? part : Buffer.concat(this.#received, this.#size)
    const end = all.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = all.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
    if (Number.isNaN(length)) return this.#waiting?.reject(new Error(`an answer without its length: ${head}`))
    if (this.#size < end + 4 + length) return void (this.#received = [all])
    this.#received = []
    this.#size = 0
    const answer = { status: Number(head.slice(9, 12)), body: all.toString('utf8', end + 4, end + 4 + length) }
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }
}

/** Opens so many connections, lets each do its share at once, and closes them; returns the seconds the sharing took. */
export async function withConnections(
  port: number,
  count: number,
  share: (connection: HttpConnection, client: number) => Promise<void>,
): Promise<number> {
  const connections = await Promise.all(Array.from({ length: count }, () => HttpConnection.open(port)))
  const started = performance.now()
  await Promise.all(connections.map((connection, client) => share(connection, client)))
  const seconds = (performance.now() - started) / 1000
  for (const connection of connections) connection.close()
  return seconds
}
