import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/**
 * A part of the window whose own fault does not take the rest with it. It says what went wrong in its place, and is
 * shown again when the user asks for that or `shows` changes.
 */
export function Guarded({ name, shows, children }: { name: string; shows?: unknown; children: ReactNode }): ReactNode {
  return (
    <ErrorBoundary
      resetKeys={[shows]}
      fallbackRender={({ error, resetErrorBoundary }) => (
        <Notice severity="error" actions={<Button onClick={resetErrorBoundary}>Show it again</Button>}>
          {`A fault of Plugscope in the ${name}: ${error instanceof Error ? error.message : String(error)}. Recording and forwarding go on.`}
        </Notice>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
