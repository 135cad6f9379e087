import { createRoot } from 'react-dom/client'
import '../ui/ui.css'
import { App, warmUp } from './app.tsx'
import './citizen.css'
import { keepShell } from './keep-shell.ts'

warmUp(location.pathname)
createRoot(document.getElementById('app')!).render(<App />)
keepShell()
