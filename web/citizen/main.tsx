import { createRoot } from 'react-dom/client'
import { EmptyState, Page, Shell } from '../ui/index.ts'
import { whoAmI } from '../../contracts/access.ts'
import { newQueryClient, useRead } from '../api/index.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import '../ui/ui.css'
function A() {
  const me = useRead(whoAmI, {})
  return <EmptyState title={me.data?.name ?? 'Здесь будут'} />
}
createRoot(document.getElementById('app')!).render(
  <QueryClientProvider client={newQueryClient()}>
    <Shell home="/" name="Рабочее место">
      <Page title="Рабочее место">
        <A />
      </Page>
    </Shell>
  </QueryClientProvider>,
)
