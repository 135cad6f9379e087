import { describe, expect, it } from 'vitest'
import { newId } from './ids.ts'
import { readCursor, writeCursor } from './page-cursor.ts'
import { Problem } from './problem.ts'

describe('the end of a page', () => {
  it('comes back from the address as it was written', () => {
    const row = { at: new Date('2026-03-02T09:15:00.123Z'), id: newId() }
    expect(readCursor(writeCursor(row))).toEqual(row)
    expect(readCursor(undefined)).toBeUndefined()
  })

  it.each(['', 'next', `2026-03-02T09:15:00.123Z_${'-'.repeat(36)}`, `2026-13-45T09:15:00.123Z_${newId()}`])(
    'is refused when it is not one of ours: «%s»',
    (text) => expect(() => readCursor(text)).toThrow(Problem),
  )
})
