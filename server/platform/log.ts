import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger

/**
 * Structured log, one JSON line an event. What a person typed, who they are, tokens and bodies are never given to it;
 * the redaction list is the second line for the fields that Node and Fastify would add themselves. It goes to standard
 * output unless a test listens.
 */
export const openLog = (level: string, to: DestinationStream = pino.destination(1)): Log =>
  pino(
    {
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
    },
    to,
  )
