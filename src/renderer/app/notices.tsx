import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { visibleLine } from './visible-text.ts';
import { useWorkbench } from './workbench.ts';

/** What the user has to know now: the engine is lost, recording stopped, what the bench has to say. */
export function Notices(): ReactNode {
  const { facts, connection } = useWorkbench();
  const { bench, session } = useStore(facts);
  const state = useStore(connection.state);
  return (
    <>
      {state.phase === 'lost' && (
        <Notice severity="error" actions={<Button onClick={connection.retry}>Try now</Button>}>
          {`The engine does not answer. Trying again in ${state.retryInSeconds} s. Is Plugscope still running where it was started?`}
        </Notice>
      )}
      {session?.mode === 'stopped' && <Stopped reason={session.reason} />}
      {session?.mode !== 'stopped' && session?.reason !== undefined && (
        <Notice severity="warning">{visibleLine(session.reason, 500)}</Notice>
      )}
      {bench?.notices.map(({ code, severity, sentence }) => (
        <Notice key={`${code} ${sentence}`} severity={severity}>
          {visibleLine(sentence, 500)}
        </Notice>
      ))}
      <StarterHint />
    </>
  );
}

function Stopped({ reason }: { reason: string | undefined }): ReactNode {
  const { api } = useWorkbench();
  const go = (on: boolean): void => {
    void api()
      ?.['session.goOnUnrecorded'](on)
      .catch(() => undefined);
  };
  return (
    <Notice
      severity="error"
      actions={
        <>
          <Button onClick={() => go(true)}>Go on unrecorded</Button>
          <Button onClick={() => go(false)}>Keep traffic stopped</Button>
        </>
      }
    >
      {`Recording stopped. ${visibleLine(reason ?? '', 500)} Nothing is forwarded unrecorded unless you say so.`}
    </Notice>
  );
}

function StarterHint(): ReactNode {
  const { facts, preferences } = useWorkbench();
  const setup = useStore(facts, (state) => state.bench?.setup);
  const dismissed = useStore(preferences.state, (state) => state.hintDismissed);
  const starter = setup?.role === 'proxy' && setup.upstream === null && setup.station !== null;
  if (dismissed || !starter) return null;
  return (
    <Notice
      severity="info"
      actions={
        <IconButton label="Do not show this again" onClick={() => preferences.set({ hintDismissed: true })}>
          <X size={14} aria-hidden />
        </IconButton>
      }
    >
      Starter bench: the built-in station talks through Plugscope with the built-in CSMS. Point your own station at the
      URL above, or choose other ends under Role.
    </Notice>
  );
}
