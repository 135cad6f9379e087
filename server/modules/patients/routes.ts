import type { Route } from '../../platform/http/serve.ts'
export const patientRoutes = (): readonly Route[] => []
