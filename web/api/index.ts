export { call, newActionKey, pathOf, Refusal, serverNow, type CallInput } from './call.ts'
export { useLive, type LiveEvent } from './live.ts'
export { usePages } from './pages.ts'
export { newQueryClient, queryKey, useAction, useRead } from './queries.ts'
