import type { Transaction } from 'kysely'
import type { JournalKind } from '../../contracts/endpoint.ts'
import type { DB } from './database/db.generated.ts'
import { KeyIsTaken } from './idempotency.ts'
import { newId, SYSTEM_ID } from './ids.ts'
import { finishOperation, writeAction, type Action } from './journal.ts'
import type { Platform } from './platform.ts'
import { Problem } from './problem.ts'
import type { Actor, DomainEvent, JournalNote, Work } from './work.ts'

export const anonymous: Actor = {
  id: '00000000-0000-7000-8000-000000000000',
  kind: 'anonymous',
  role: 'anonymous',
  name: '',
}
export const system: Actor = { id: SYSTEM_ID, kind: 'system', role: 'system', name: 'РМИС' }

/** What is being done, for the journal and the metrics. */
export type Operation = { name: string; journal: JournalKind; requestId?: string; address?: string; started?: number }

/** A request whose transaction is kept with its reply for replays; see idempotency.ts. */
export type Keeping = { actorId: string; key: string; replyOf(result: unknown): { status: number; reply: string } }

/** What the body of an operation gets while its actor is still being found out. */
export type Opening = {
  tx: Transaction<DB>
  become(actor: Actor): Work
  keep(keeping: Keeping): void
  replayed(): void
  /** The body has run before and found its key taken: the kept reply is to be given. */
  isRepeat: boolean
}

/** What lasts over the attempts of one operation. */
type State = { actor: Actor; note: JournalNote; isRepeat: boolean }

const RETRIED = new Set(['40001', '40P01'])
const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code

/**
 * Runs one operation: one transaction, its journal row, its events, its kept reply; all or nothing. A refusal is
 * journalled outside the rolled-back transaction. Deadlocks and serialization failures are run again, three times
 * at most, which is safe because nothing was committed. Throws what `body` throws.
 */
export async function operate<T>(
  platform: Platform,
  operation: Operation,
  body: (opening: Opening) => Promise<T>,
): Promise<T> {
  const requestId = operation.requestId ?? newId()
  const started = operation.started ?? performance.now()
  const state: State = { actor: anonymous, note: {}, isRepeat: false }
  const action = (outcome: Action['outcome'], problem?: string): Action => ({
    at: platform.now(),
    requestId,
    actor: state.actor,
    operation: operation.name,
    outcome,
    ...(problem && { problem }),
    ...(operation.address && { address: operation.address }),
    durationMs: Math.round(performance.now() - started),
    note: state.note,
  })
  const measure = (outcome: string) =>
    platform.metrics.operations.observe({ operation: operation.name, outcome }, (performance.now() - started) / 1000)

  for (let attempt = 1; ; attempt++) {
    try {
      const result = await attemptOnce(platform, operation, requestId, state, action, body)
      measure('done')
      return result
    } catch (error) {
      if (error instanceof KeyIsTaken && !state.isRepeat) {
        state.isRepeat = true
        continue
      }
      if (RETRIED.has(codeOf(error) ?? '') && attempt < 4) {
        platform.metrics.retries.inc()
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
        continue
      }
      const refused = error instanceof Problem
      measure(refused ? 'refused' : 'failed')
      await writeAction(
        platform.db,
        action(refused ? 'refused' : 'failed', refused ? error.type.type : undefined),
      ).catch((e: unknown) =>
        platform.log.error({ err: e, operation: operation.name }, 'a refusal could not be journalled'),
      )
      throw error
    }
  }
}

async function attemptOnce<T>(
  platform: Platform,
  operation: Operation,
  requestId: string,
  state: State,
  action: (outcome: Action['outcome']) => Action,
  body: (opening: Opening) => Promise<T>,
): Promise<T> {
  const events: DomainEvent[] = []
  let keeping: Keeping | undefined
  let isReplay = false
  // What a repeated request has noted on its way to the taken key is whom its kept reply is about.
  if (!state.isRepeat) state.note = {}
  const run = async (tx: Transaction<DB>): Promise<T> => {
    const now = platform.now()
    const become = (actor: Actor): Work => {
      state.actor = actor
      return {
        db: tx,
        actor,
        now,
        zone: platform.zone,
        requestId,
        announce: (event) => void events.push(event),
        note: (entry) => void (state.note = { ...state.note, ...entry }),
      }
    }
    const value = await body({
      tx,
      become,
      keep: (k) => (keeping = k),
      replayed: () => (isReplay = true),
      isRepeat: state.isRepeat,
    })
    if (!isReplay) requireNote(operation, state.note)
    return value
  }
  const result = await platform.transact(run, {
    // A reader of directories loses nothing when the last journal rows before a power cut are lost; a reader of
    // patient data and every change wait for the disk.
    lazy: operation.journal === 'read',
    finish: (tx, value) => {
      const kept =
        keeping && !isReplay ? { actorId: keeping.actorId, key: keeping.key, ...keeping.replyOf(value) } : undefined
      return finishOperation(tx, action('done'), events, kept)
    },
  })
  if (events.length > 0) platform.wakeRelay()
  return result
}

/** Patient data must not be touched without the journal knowing whose and on what grounds: forgetting it is a bug. */
function requireNote(operation: Operation, note: JournalNote): void {
  const aboutPatients = operation.journal === 'patient-read' || operation.journal === 'patient-change'
  if (!aboutPatients) return
  if (note.patientIds) return
  if (!note.patientId || !note.grounds)
    throw new Error(`${operation.name} touched patient data without naming the patient and the grounds`)
}

/** Runs an operation as a known actor, outside HTTP: listeners, jobs, redirects of a sign-in, commands. */
export function perform<T>(
  platform: Platform,
  actor: Actor,
  operation: Operation,
  job: (work: Work) => Promise<T>,
): Promise<T> {
  return operate(platform, operation, async ({ become }) => job(become(actor)))
}
