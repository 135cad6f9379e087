import { describe, expect, it } from 'vitest'
import { operationOptions, operationWords } from './operations.ts'
import { readFilter, shortId } from './journal-words.ts'

describe('the journal', () => {
  it('names operations in words', () => {
    expect(operationWords('documents.show')).toBe('Просмотр документа')
    expect(operationWords('something.new')).toBe('something.new')
    expect(operationOptions.length).toBeGreaterThan(50)
  })
  it('takes from the address only what is a filter', () => {
    const id = '0190a0a0-0000-7000-8000-000000000001'
    expect(
      readFilter(
        new URLSearchParams(
          `from=2026-11-01&to=вчера&outcome=refused&operation=documents.show&patientId=${id}&actorId=1`,
        ),
      ),
    ).toEqual({ from: '2026-11-01', outcome: 'refused', operation: 'documents.show', patientId: id })
  })
  it('shortens ids', () => {
    expect(shortId('0190a0a0-0000-7000-8000-000000000001')).toBe('0190a0a0…0001')
  })
})
