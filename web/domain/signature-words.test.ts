import { describe, expect, it } from 'vitest'
import type { SignatureView } from '../../contracts/documents.ts'
import { verdictOf } from './signature-words.ts'

const signature = (format: SignatureView['format'], valid = true) => ({ format, valid }) as SignatureView

describe('the verdict on a document', () => {
  it('is good when both its forms are signed and nothing has changed', () => {
    expect(verdictOf([signature('cda'), signature('pdf')]).kind).toBe('success')
  })

  it('is bad when one signature is broken, and when one form has lost its signature', () => {
    expect(verdictOf([signature('cda'), signature('pdf', false)]).kind).toBe('error')
    expect(verdictOf([signature('pdf')]).kind).toBe('error')
  })

  it('is a warning when nobody has signed yet', () => {
    expect(verdictOf([]).kind).toBe('warning')
  })
})
