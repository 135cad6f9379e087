import { createRoot } from 'react-dom/client'
import '../ui/ui.css'
import { App } from './app.tsx'
import { reloadWhenOutdated } from './reload-when-outdated.ts'
import './staff.css'

reloadWhenOutdated()
createRoot(document.getElementById('app')!).render(<App />)
