import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(path.join(import.meta.dirname, 'styles/tokens.css'), 'utf8')

/** The tokens of a theme: those of the dark one stand over those of the light one. */
function tokensOf(theme: 'light' | 'dark'): Map<string, string> {
  const dark = css.indexOf('prefers-color-scheme: dark')
  const end = css.indexOf('@media', dark + 1)
  const texts = theme === 'light' ? [css.slice(0, dark)] : [css.slice(0, dark), css.slice(dark, end)]
  return new Map(
    texts.flatMap((text) => [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!])),
  )
}

/** Relative luminance of a colour, WCAG 2.2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['ground', 'paper', 'raised', 'sunken', 'brand-soft']
const states = ['info', 'success', 'warning', 'danger']
const words: [string, string][] = [
  ...surfaces.flatMap((surface) => ['ink', 'ink-soft'].map((ink): [string, string] => [ink, surface])),
  ...['ground', 'paper', 'raised', 'brand-soft'].map((surface): [string, string] => ['brand', surface]),
  ...states.flatMap((state): [string, string][] => [
    [state, `${state}-soft`],
    [state, 'paper'],
    [state, 'ground'],
    ['ink', `${state}-soft`],
  ]),
  ['on-brand', 'brand'],
  ['on-brand', 'brand-strong'],
  ['on-danger', 'danger'],
  ['paper', 'ink'],
]
const shapes: [string, string][] = [
  ...['ground', 'paper', 'raised'].flatMap((surface) =>
    ['line-strong', 'focus'].map((l): [string, string] => [l, surface]),
  ),
  ['focus', 'brand-soft'],
]

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  const of = (name: string) => tokens.get(name)!
  it.each(words)('words in %s read well on %s', (ink, surface) => {
    expect(contrast(of(ink), of(surface))).toBeGreaterThanOrEqual(4.5)
  })
  it.each(shapes)('%s is seen on %s', (line, surface) => {
    expect(contrast(of(line), of(surface))).toBeGreaterThanOrEqual(3)
  })
})
