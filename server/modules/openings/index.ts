export { Queue } from './queue.ts'
export { DRAWING_SECONDS, QUEUE_FROM, TURNS_PER_SECOND } from './rules.ts'
