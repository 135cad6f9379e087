/** Ends what was started, the newest first: servers run on when this process is gone. */
const started: (() => Promise<void>)[] = []

/** Remembers how to end something that was started. */
export const endLater = (end: () => Promise<void>): void => void started.push(end)

/** Ends everything that was started and not ended yet. */
export async function endAll(): Promise<void> {
  for (let end = started.pop(); end; end = started.pop()) await end()
}
