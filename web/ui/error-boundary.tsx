import { Component, type ReactNode } from 'react'
import { ErrorState } from './states.tsx'

type Props = { children: ReactNode; onError?: (error: unknown) => void }

/** A page that broke, or whose code did not come, is said to have broken; what stands around it goes on working. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError?.(error)
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <ErrorState
        problem={{
          title: 'Страница не открылась',
          status: navigator.onLine ? 500 : 0,
          advice: navigator.onLine
            ? 'Обновите страницу. Если повторится, попробуйте позже.'
            : 'Проверьте интернет и обновите страницу.',
        }}
        onRetry={() => location.reload()}
      />
    )
  }
}
