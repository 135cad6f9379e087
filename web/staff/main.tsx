import { createRoot } from 'react-dom/client'
import { EmptyState, Page, Shell } from '../ui/index.ts'
import '../ui/ui.css'

createRoot(document.getElementById('app')!).render(
  <Shell home="/staff/" name="Рабочее место" navAt="side" width="wide">
    <Page title="Рабочее место">
      <EmptyState title="Здесь будут рабочие места сотрудников" />
    </Page>
  </Shell>,
)
