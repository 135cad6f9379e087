export { verifyJournal, type Verdict } from './verify-journal.ts'
