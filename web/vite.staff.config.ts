import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { appConfig } from './build/app-config.ts'

export default defineConfig(
  appConfig({
    name: 'staff',
    base: '/staff/',
    firstPages: ['sign-in-page.tsx'],
    budget: 250,
    summaries: true,
    plugins: react() as never,
  }),
)
