export { importFolder, importOnline, type ImportLine, type Progress } from './import-directories.ts'
