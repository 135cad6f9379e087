import type { ReactNode } from 'react'
import type { SignatureView } from '../../contracts/documents.ts'
import { dateDigits, dayOf, Facts, stampWords } from '../ui/index.ts'
import { formatWords, signerKind } from './signature-words.ts'

type Props = {
  signature: SignatureView
  /** The zone of the organisation. */
  zone: string
  /** Where the file of the signature is, for checking it with another program. */
  file: string
}

/** One signature: whose, over what, whether it holds and why not; open when it does not. */
export function SignatureDetails({ signature, zone, file }: Props): ReactNode {
  const { reasons, certificateSerial: serial, validFrom, validUntil } = signature
  const day = (instant: string) => dateDigits(dayOf(instant, zone))
  return (
    <details className="more" open={!signature.valid}>
      <summary>
        {signerKind(signature.kind)}: {formatWords(signature.format)} —{' '}
        {signature.valid ? 'действительна' : 'не прошла проверку'}
      </summary>
      {reasons.length > 0 && (
        <ul className="plain-list">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <Facts
        items={[
          ['Кто подписал', signature.signerName],
          ['Должность', signature.position],
          ['Организация', signature.organization],
          ['Когда подписано', stampWords(signature.signedAt, zone)],
          ['Сертификат', serial ? <span className="serial numbers">{serial}</span> : null],
          ['Выдан', signature.issuer],
          ['Действует', `с ${day(validFrom)} по ${day(validUntil)}`],
        ]}
      />
      <p className="small">
        Проверить самостоятельно в другой программе:{' '}
        <a href={file} download>
          скачать файл подписи
        </a>
        .
      </p>
    </details>
  )
}
