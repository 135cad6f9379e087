import { DraftConflict, VisitIsSigned, type ConsultationDraft } from '../../../contracts/chart.ts'
import { NotSignedIn } from '../../../contracts/problems.ts'
import { newActionKey, Refusal } from '../../api/index.ts'
import { sameRecord } from './records.ts'

export type Saved = { version: number; savedAt: string }
export type Theirs = Saved & { body: ConsultationDraft }

/** How a record stands between the page and the server; what people see in words is in save-words.ts. */
export type DraftState =
  | { kind: 'saved'; savedAt: string | undefined }
  | { kind: 'changed' }
  | { kind: 'saving' }
  /** The network or the server is away; tried again by itself. */
  | { kind: 'offline' }
  /** The session ended; tried again once somebody is in. */
  | { kind: 'signed-out' }
  /** The server does not take it as it is; the next change is tried again. */
  | { kind: 'refused'; refusal: Refusal }
  /** Another window saved in between. Nothing is sent until a person has chosen. */
  | { kind: 'conflict'; theirs: Theirs }
  /** The record was signed in another window. */
  | { kind: 'signed' }

type Ports = {
  save: (version: number, body: ConsultationDraft, key: string) => Promise<Saved>
  /** Keeps what the server does not have yet on this device, with the version it was written over; and forgets it. */
  keep: (base: number, body: ConsultationDraft) => void
  forget: () => void
  /** Runs once after so many milliseconds; answers how to call it off. */
  later: (ms: number, run: () => void) => () => void
}

/** A pause in typing after which it is saved, and how long one may type without any. */
const PAUSE_MS = 800
const LONGEST_MS = 8_000
const RETRY_MS = [2_000, 5_000, 15_000, 30_000]

/**
 * Keeps a record saved while it is written: at every pause to the server, until then on the device. One request is under
 * way at a time; what was typed meanwhile goes with the next. A repeated attempt at the same text is the same action.
 */
export class DraftKeeper {
  readonly #ports: Ports
  readonly #listeners = new Set<() => void>()
  #body: ConsultationDraft
  #version: number
  #state: DraftState
  #running: Promise<void> | undefined
  #attempt: { text: string; key: string } | undefined
  #cancelPause: (() => void) | undefined
  #cancelLongest: (() => void) | undefined
  #failures = 0
  #revision = 0

  constructor(ports: Ports, start: { version: number; savedAt: string | undefined; body: ConsultationDraft }) {
    this.#ports = ports
    this.#body = start.body
    this.#version = start.version
    this.#state = { kind: 'saved', savedAt: start.savedAt }
  }

  get body(): ConsultationDraft {
    return this.#body
  }
  get state(): DraftState {
    return this.#state
  }
  get version(): number {
    return this.#version
  }
  /** Grows with every change of the text or of the state. */
  get revision(): number {
    return this.#revision
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The record as it is now written. */
  change(body: ConsultationDraft): void {
    this.#body = body
    this.#ports.keep(this.#version, body)
    if (this.#state.kind === 'conflict' || this.#state.kind === 'signed') return this.#tell()
    if (this.#state.kind !== 'saving' && this.#state.kind !== 'signed-out') this.#set({ kind: 'changed' })
    else this.#tell()
    this.#cancelPause?.()
    this.#cancelPause = this.#ports.later(PAUSE_MS, () => void this.#send())
    this.#cancelLongest ??= this.#ports.later(LONGEST_MS, () => void this.#send())
  }

  /** What was left on this device is taken up: over the version it was written on, or as a conflict with a newer one. */
  takeUp(local: { base: number; body: ConsultationDraft }, server: Theirs | undefined): void {
    if (sameRecord(local.body, this.#body)) return this.#ports.forget()
    this.#body = local.body
    if (server && server.version !== local.base) return this.#set({ kind: 'conflict', theirs: server })
    this.change(local.body)
  }

  /** The person has chosen what stays after a conflict: it is written over the other window's version. */
  resolve(body: ConsultationDraft): void {
    if (this.#state.kind !== 'conflict') return
    this.#version = this.#state.theirs.version
    this.#state = { kind: 'changed' }
    this.change(body)
    void this.#send()
  }

  /** Tries at once what waits for the network or for signing in. */
  retry(): void {
    const { kind } = this.#state
    if (kind === 'offline' || kind === 'signed-out') void this.#send()
  }

  /** Saves all there is. Answers the version the server now has, or undefined when it could not be saved. */
  async flush(): Promise<number | undefined> {
    for (let turn = 0; turn < 3; turn++) {
      await this.#running
      const { kind } = this.#state
      if (kind === 'saved' && this.#version > 0) return this.#version
      if (kind === 'conflict' || kind === 'signed') return undefined
      if (turn > 0 && kind !== 'changed' && kind !== 'saving') return undefined
      await this.#send()
    }
    return this.#state.kind === 'saved' ? this.#version : undefined
  }

  /** Nothing more is sent; what is not saved stays on the device. */
  stop(): void {
    this.#cancelPause?.()
    this.#cancelLongest?.()
    this.#listeners.clear()
  }

  #set(state: DraftState): void {
    this.#state = state
    this.#tell()
  }

  #tell(): void {
    this.#revision++
    this.#listeners.forEach((listener) => listener())
  }

  #send(): Promise<void> {
    this.#cancelPause?.()
    this.#cancelLongest?.()
    this.#cancelPause = this.#cancelLongest = undefined
    this.#running ??= this.#sendOnce().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #sendOnce(): Promise<void> {
    const sent = this.#body
    const text = `${this.#version} ${JSON.stringify(sent)}`
    if (this.#attempt?.text !== text) this.#attempt = { text, key: newActionKey() }
    this.#set({ kind: 'saving' })
    try {
      const { version, savedAt } = await this.#ports.save(this.#version, sent, this.#attempt.key)
      this.#version = version
      this.#failures = 0
      this.#afterSaving(sent, savedAt)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#afterRefusal(error, sent)
    }
  }

  #afterSaving(sent: ConsultationDraft, savedAt: string): void {
    if (this.#body === sent) {
      this.#ports.forget()
      return this.#set({ kind: 'saved', savedAt })
    }
    this.#ports.keep(this.#version, this.#body)
    this.#set({ kind: 'changed' })
    this.#cancelPause ??= this.#ports.later(PAUSE_MS, () => void this.#send())
  }

  #afterRefusal(refusal: Refusal, sent: ConsultationDraft): void {
    const { type, status } = refusal.problem
    if (type === DraftConflict.type && refusal.problem['draft']) {
      const theirs = refusal.problem['draft'] as Theirs
      // Our own text, saved by an attempt whose answer was lost, or by another window that has the same.
      if (sameRecord(theirs.body, sent)) {
        this.#version = theirs.version
        return this.#afterSaving(sent, theirs.savedAt)
      }
      return this.#set({ kind: 'conflict', theirs })
    }
    if (type === VisitIsSigned.type) {
      this.#ports.forget()
      return this.#set({ kind: 'signed' })
    }
    if (type === NotSignedIn.type) return this.#set({ kind: 'signed-out' })
    if (status === 0 || status >= 500 || status === 429) {
      const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]!
      this.#set({ kind: 'offline' })
      this.#cancelPause ??= this.#ports.later(wait, () => void this.#send())
      return
    }
    this.#set({ kind: 'refused', refusal })
  }
}
