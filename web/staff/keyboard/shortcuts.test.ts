import { describe, expect, it } from 'vitest'
import { areKeys } from './shortcuts.ts'

const press = (code: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('keys', () => {
  it('are known by their place, whatever the layout', () => {
    expect(areKeys('Ctrl+K', press('KeyK', { ctrlKey: true }))).toBe(true)
    expect(areKeys('Ctrl+K', press('KeyL', { ctrlKey: true }))).toBe(false)
    expect(areKeys('Alt+1', press('Digit1', { altKey: true }))).toBe(true)
    expect(areKeys('Ctrl+/', press('Slash', { ctrlKey: true }))).toBe(true)
  })
  it('must be held exactly', () => {
    expect(areKeys('Ctrl+Enter', press('Enter'))).toBe(false)
    expect(areKeys('Ctrl+Enter', press('Enter', { ctrlKey: true, shiftKey: true }))).toBe(false)
    expect(areKeys('Alt+↓', press('ArrowDown', { altKey: true, ctrlKey: true }))).toBe(false)
  })
  it('let Command do for Ctrl, and the key of the numeric pad for Enter', () => {
    expect(areKeys('Ctrl+Enter', press('Enter', { metaKey: true }))).toBe(true)
    expect(areKeys('Ctrl+Enter', press('NumpadEnter', { ctrlKey: true }))).toBe(true)
  })
})
