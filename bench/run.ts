// Measurements; see README.md here.
//   npm run bench                     all of them
//   npm run bench -- booking          one or some
//   npm run bench -- booking --small  with small sizes: to see that it works, not for figures
//   npm run bench -- booking --profile  the server also writes a CPU profile into .cache/
import { availableParallelism, loadavg } from 'node:os'
import path from 'node:path'
import { benchBooking } from './booking.ts'
import { endAll } from './cleanup.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { benchFreeSlots } from './free-slots.ts'
import { benchOpening } from './opening.ts'
import { run as searchDirectories } from './terminology-search.ts'
import { benchTimeline } from './timeline.ts'

const benchmarks: Record<string, (options: BenchOptions) => Promise<Figure[]>> = {
  booking: benchBooking,
  'free-slots': benchFreeSlots,
  timeline: benchTimeline,
  opening: benchOpening,
  'terminology-search': benchTerminologySearch,
}

/** It prints a table of its own. */
async function benchTerminologySearch(): Promise<Figure[]> {
  await searchDirectories()
  return []
}

const words = process.argv.slice(2)
const names = words.filter((word) => !word.startsWith('--'))
const unknown = names.filter((name) => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`)
  process.exit(2)
}
const options: BenchOptions = {
  small: words.includes('--small'),
  ...(words.includes('--profile') && { profile: path.resolve('.cache') }),
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    // What is being measured fails now, which is no news.
    process.on('uncaughtException', () => {})
    void endAll().finally(() => process.exit(130))
  })
const load = () => loadavg()[0]!.toFixed(1)
for (const [name, bench] of Object.entries(benchmarks)) {
  if (names.length > 0 && !names.includes(name)) continue
  const before = load()
  const figures = await bench(options).finally(endAll)
  console.log(`\n${name} (${availableParallelism()} processors, load ${before} before and ${load()} after)`)
  if (figures.length > 0) console.table(figures)
}
