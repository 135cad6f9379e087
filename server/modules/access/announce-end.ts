import type { Work } from '../../platform/work.ts'

/** Tells all nodes that a session of this account is over: live streams that were opened in it end (event-stream.ts). */
export const announceEnd = (work: Work, sessionId: string): void =>
  work.announce({
    type: 'access.session-ended',
    key: work.actor.id,
    topics: [`session/${sessionId}`],
    payload: { sessionId },
  })
