import type { SignatureView } from '../../contracts/documents.ts'

/** What the check of all signatures says, in one sentence and with what it means. */
export function verdictOf(signatures: readonly SignatureView[]): {
  kind: 'success' | 'error' | 'warning'
  title: string
  text: string
} {
  if (signatures.length === 0)
    return { kind: 'warning', title: 'Подписи нет', text: 'Этот документ ещё не подписан и не имеет юридической силы.' }
  if (signatures.every((s) => s.valid) && bothAreSigned(signatures))
    return {
      kind: 'success',
      title: 'Подпись действительна',
      text: 'Документ подписал тот, кто в нём указан, и после подписания в нём не изменилось ни одного знака.',
    }
  return {
    kind: 'error',
    title: 'Подпись не прошла проверку',
    text: 'Не полагайтесь на этот документ. Обратитесь в организацию, которая его выдала, и назовите причины ниже.',
  }
}

/** A document is signed in both its forms: one without a signature could say anything. */
const bothAreSigned = (signatures: readonly SignatureView[]): boolean =>
  (['cda', 'pdf'] as const).every((format) => signatures.some((s) => s.format === format))

const formats: Record<SignatureView['format'], string> = {
  cda: 'электронный документ (XML)',
  pdf: 'печатный вид (PDF)',
}

/** What the signature stands under. */
export const formatWords = (format: SignatureView['format']): string => formats[format]

/** Whose signature it is. */
export const signerKind = (kind: SignatureView['kind']): string =>
  kind === 'person' ? 'Подпись врача' : 'Подпись организации'
