import type { Static, TSchema } from 'typebox'

/** Who an actor is within the system. A person may hold several assignments; a session acts in one of them. */
export type Role =
  | 'citizen'
  | 'registrar'
  | 'call-centre'
  | 'doctor'
  | 'head'
  | 'guardianship-officer'
  | 'administrator'
  | 'security-officer'

/** A refusal the caller can act on; becomes an RFC 9457 body. `type` is stable; `advice` says what to do instead. */
export type ProblemType = { type: `/problems/${string}`; status: number; title: string; advice?: string }

/**
 * How the action journal treats an operation.
 * `patient-read` and `patient-change` must name a patient and grounds (the platform fails the request otherwise);
 * `change` alters something that is nobody's medical data; `read` touches no personal data of others.
 */
export type JournalKind = 'patient-read' | 'patient-change' | 'change' | 'read'

/** A reply that is a file and not JSON: the media type it answers with. */
export type FileReply = {
  file:
    | 'application/pdf'
    | 'application/xml'
    | 'text/calendar'
    | 'text/csv'
    | 'image/svg+xml'
    | 'application/pkcs7-signature'
}

/**
 * One HTTP operation as data: the server mounts it, the web calls it, OpenAPI is generated from it.
 * `name` is `<module>.<verb>` and is what the journal records. `summary` is Russian, for people reading the journal.
 */
export type Endpoint = {
  name: `${string}.${string}`
  summary: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: `/api/v1/${string}`
  who: 'anyone' | 'signed-in' | readonly Role[]
  journal: JournalKind
  params?: TSchema
  query?: TSchema
  body?: TSchema
  reply: TSchema | FileReply
  problems: readonly ProblemType[]
  /** Where the reply or the exchange holds a secret (signing in and out, tokens shown once): a kept reply would keep it too. */
  withoutIdempotencyKey?: true
  /**
   * Answered from the node's memory: no session, no transaction, no journal row. Only for what says nothing about anybody
   * and is asked by thousands of pages at once (ADR 0009).
   */
  fromMemory?: true
}

/** Declares an endpoint, keeping the literal types that `call` and `serve` infer from. */
export const endpoint = <const E extends Endpoint>(e: E): E => e

type Of<S> = S extends TSchema ? Static<S> : undefined

/** What a caller gives: path parameters, query and body, each only where the endpoint declares it. */
export type InputOf<E extends Endpoint> = { params: Of<E['params']>; query: Of<E['query']>; body: Of<E['body']> }

/** A file as a handler returns it. `fileName` is what the browser offers to save as. */
export type FileContent = { bytes: Uint8Array; fileName: string; inline?: boolean }

/** What the operation answers with. */
export type ReplyOf<E extends Endpoint> = E['reply'] extends FileReply
  ? FileContent
  : E['reply'] extends TSchema
    ? Static<E['reply']>
    : never

/** True when the endpoint answers with a file instead of JSON. */
export const isFileReply = (reply: Endpoint['reply']): reply is FileReply =>
  'file' in reply && typeof reply.file === 'string'
