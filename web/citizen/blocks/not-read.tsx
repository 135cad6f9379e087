import type { ReactNode } from 'react'
import type { Refusal } from '../../api/index.ts'
import { ButtonLink, EmptyState, ErrorState } from '../../ui/index.ts'
import { at } from '../addresses.ts'

type Props = { refusal: Refusal; missing: string; onRetry: () => void; retrying: boolean }

/** A page named in the address that could not be read: it is not there (or not for this person), or did not load. */
export function NotRead({ refusal, missing, onRetry, retrying }: Props): ReactNode {
  const home = <ButtonLink href={at.home()}>На главную</ButtonLink>
  const { status } = refusal.problem
  if (status === 404 || status === 422)
    return (
      <EmptyState icon="search" title={missing} actions={home}>
        <p>Возможно, ссылка неполная, или эта карта вам больше не открыта.</p>
      </EmptyState>
    )
  return <ErrorState problem={refusal.problem} onRetry={onRetry} retrying={retrying} actions={home} />
}
