export { mountGorzdrav } from './mount-gorzdrav.ts'
