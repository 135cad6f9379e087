import { pino, type Logger } from 'pino'

export type Log = Logger

/**
 * Structured log, one JSON line an event. What a person typed, who they are, tokens and bodies are never given to it;
 * the redaction list is the second line for the fields that Node and Fastify would add themselves.
 */
export const openLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'req.headers',
        'headers',
        '*.password',
        '*.token',
        '*.snils',
        '*.cookie',
        'err.parameters',
        'err.detail',
        'err.where',
      ],
      censor: '[…]',
    },
  })
