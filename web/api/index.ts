export { call, newActionKey, pathOf, Refusal, type CallInput } from './call.ts'
export { newQueryClient, queryKey, useAction, useRead } from './queries.ts'
export { useLive } from './live.ts'
