import pg from 'pg'
import type { Kysely } from 'kysely'
import type { DB } from '../database/db.generated.ts'
import type { Log } from '../log.ts'
import { lastSeq, readEvents, type LoggedEvent } from '../outbox.ts'

type Hearer = { topics: ReadonlySet<string>; hear(event: LoggedEvent): void }

/** How often a page is told at most: several changes of a moment travel together. */
const COALESCE_MS = 250
const PAGE = 1000
/** A pause before a lost connection is sought again. */
const LISTEN_AGAIN_MS = 1000

/**
 * One per node: follows the event log (woken by NOTIFY, and by a slow look in case a notice is lost) and tells the open
 * streams. Reading goes by seq from the log itself, so a missed notice delays but never loses an event.
 */
export class EventHub {
  readonly #db: Kysely<DB>
  readonly #url: string
  readonly #log: Log
  readonly #hearers = new Set<Hearer>()
  #seq = 0
  #listening: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  #slow: NodeJS.Timeout | undefined
  #stopped = false
  #reading = Promise.resolve()

  constructor(db: Kysely<DB>, url: string, log: Log) {
    this.#db = db
    this.#url = url
    this.#log = log
  }

  async start(): Promise<void> {
    this.#seq = await lastSeq(this.#db)
    await this.#listen()
    this.#slow = setInterval(() => this.#look(), 5000)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#slow)
    clearTimeout(this.#timer)
    await this.#reading
    await this.#listening?.end().catch(() => {})
  }

  /** The last event this node has seen: where a new stream begins. */
  get seq(): number {
    return this.#seq
  }

  /** Tells `hear` every coming event that has one of the topics; the returned function ends it. */
  subscribe(topics: ReadonlySet<string>, hear: (event: LoggedEvent) => void): () => void {
    const hearer = { topics, hear }
    this.#hearers.add(hearer)
    return () => void this.#hearers.delete(hearer)
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'rmis-events' })
    client.on('notification', () => this.#soon())
    // One loss is told as several errors, and its end once.
    client.on('error', () => {})
    await client.connect()
    if (this.#stopped) return client.end()
    await client.query('listen rmis_event')
    this.#listening = client
    client.once('end', () => {
      if (this.#stopped) return
      this.#log.warn('the event listener lost its connection; the slow look goes on meanwhile')
      this.#listenAgain()
    })
  }

  /** Tries until it listens again: the database may be away for longer than a moment. */
  #listenAgain(): void {
    const listen = async () => {
      if (this.#stopped) return
      await this.#listen()
      this.#soon()
    }
    const failed = (error: unknown) => {
      this.#log.warn({ err: error }, 'the event listener gets no connection; trying again')
      this.#listenAgain()
    }
    setTimeout(() => void listen().catch(failed), LISTEN_AGAIN_MS).unref()
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#look()
    }, COALESCE_MS)
  }

  #look(): void {
    if (this.#stopped) return
    this.#reading = this.#reading
      .then(() => this.#read())
      .catch((error: unknown) => this.#log.warn({ err: error }, 'the event log could not be read'))
  }

  async #read(): Promise<void> {
    for (;;) {
      const events = await readEvents(this.#db, this.#seq, undefined, PAGE)
      for (const event of events) {
        this.#seq = event.seq
        for (const hearer of this.#hearers)
          if (event.topics.some((topic) => hearer.topics.has(topic))) hearer.hear(event)
      }
      if (events.length < PAGE) return
    }
  }
}
