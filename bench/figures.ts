export type BenchOptions = {
  /** Small sizes: to see that a benchmark works, not for figures. */
  small: boolean
  /** Folder that the server's CPU profile is written into. */
  profile?: string
}

/** One line of the results table. */
export type Figure = {
  what: string
  value: string
  /** What it is measured against, in the same run. */
  baseline?: string
  ratio?: string
  target?: string
}

/** The value below which the given share lies; the list need not be sorted. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** A number as people read it: 1234.5 → «1,235», 12.34 → «12.3», 0.1234 → «0.12». */
export const plain = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2)

export const ms = (value: number): string => `${plain(value)} ms`
