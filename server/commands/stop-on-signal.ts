/**
 * Waits for SIGINT or SIGTERM, stops cleanly and returns. A second signal, or 20 seconds without an end, leaves at
 * once: what was acknowledged is on disk already.
 */
export async function stopOnSignal(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  process.stdout.write('\nОстанавливаюсь …\n')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const timer = setTimeout(() => process.exit(1), 20_000)
  await stop()
  clearTimeout(timer)
}
