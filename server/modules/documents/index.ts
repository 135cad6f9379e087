export type { ConsultationContent, DocumentPorts, RenderDocument } from './ports.ts'
export { prepareDocument } from './prepare-document.ts'
export { signDocument } from './sign-document.ts'
