import { useInfiniteQuery } from '@tanstack/react-query'
import type { Endpoint, ReplyOf } from '../../contracts/endpoint.ts'
import { call, type CallInput, type Refusal } from './call.ts'
import { askAgainIn, queryKey } from './queries.ts'

type Page = { next: string | null }

/**
 * Reads a long list page by page (keyset paging: `query.before` is the `next` of the page before). All pages read so far
 * are kept, and `more` asks for the next one.
 */
export function usePages<E extends Endpoint>(endpoint: E, input: CallInput<E>, options: { enabled?: boolean } = {}) {
  const given = input as CallInput<E> & { query?: object }
  const pages = useInfiniteQuery({
    queryKey: [...queryKey(endpoint, input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(endpoint, {
        ...given,
        query: { ...given.query, ...(pageParam && { before: pageParam }) },
        signal,
      } as CallInput<E>) as Promise<ReplyOf<E> & Page>,
    initialPageParam: '',
    getNextPageParam: (last: Page) => last.next,
    enabled: options.enabled ?? true,
    refetchInterval: ({ state }) => askAgainIn(state.error as Refusal | null) ?? false,
  })
  return {
    pages: pages.data?.pages,
    refusal: (pages.error ?? undefined) as Refusal | undefined,
    hasMore: pages.hasNextPage,
    more: () => void pages.fetchNextPage(),
    loadingMore: pages.isFetchingNextPage,
    retry: () => void pages.refetch(),
    retrying: pages.isFetching,
  }
}
