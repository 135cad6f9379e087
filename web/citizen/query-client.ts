import { newQueryClient } from '../api/index.ts'
import { at } from './addresses.ts'

/**
 * The app's cache. When the session is over, everything read is forgotten and the person is led to signing in, and back
 * to the very address where it ended.
 */
export const queryClient = newQueryClient({
  onSignedOut: () => {
    if (location.pathname === '/sign-in') return
    history.replaceState(null, '', at.signIn(location.pathname + location.search))
    queryClient.clear()
  },
})
