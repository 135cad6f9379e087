export { utilisationRoutes } from './routes.ts'
