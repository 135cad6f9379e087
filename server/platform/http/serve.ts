import type { Endpoint, InputOf, ReplyOf } from '../../../contracts/endpoint.ts'
import type { Work } from '../work.ts'

/** What a handler may do with the HTTP exchange itself; only signing in and out need it. */
export type Exchange = {
  address: string
  userAgent: string
  sessionToken: string | undefined
  /** Sets the session cookie; undefined clears it. */
  setSession(token: string | undefined, expiresAt?: Date): void
}

export type Handler<E extends Endpoint> = (work: Work, input: InputOf<E>, exchange: Exchange) => Promise<ReplyOf<E>>

/** What answers an endpoint that is `fromMemory`. */
export type MemoryHandler<E extends Endpoint> = (input: InputOf<E>) => Promise<ReplyOf<E>>

/** An endpoint with the use case behind it. `wiring.ts` lists them all and `mountRoutes` makes them HTTP. */
export type Route =
  | { endpoint: Endpoint; handler: Handler<Endpoint> }
  | { endpoint: Endpoint; answer: MemoryHandler<Endpoint> }

/** Binds a contract to its use case; the types of input and reply come from the contract. */
export const serve = <E extends Endpoint>(e: E, handler: Handler<E>): Route => ({
  endpoint: e,
  handler: handler as unknown as Handler<Endpoint>,
})

/** Binds a contract that is `fromMemory` to what answers it. */
export const serveFromMemory = <E extends Endpoint & { fromMemory: true }>(e: E, answer: MemoryHandler<E>): Route => ({
  endpoint: e,
  answer: answer as unknown as MemoryHandler<Endpoint>,
})
