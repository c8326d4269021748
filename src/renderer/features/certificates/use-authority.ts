import { useEffect, useState } from 'react';
import type { Api } from '../../../bridge/contract.ts';
import type { AuthorityState, ExportedFile, ExportForm } from '../../../bridge/methods/authority.ts';
import type { Outcome } from '../../../session/outcome.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** The bench certificate authority as this client knows it, and how to have it do something. */
export interface Authority {
  /** Null until the engine told. */
  readonly state: AuthorityState | null;
  /** Why what was asked for last was not done; null where it was. */
  readonly refusal: string | null;
  readonly busy: boolean;
  /** Asks for a change; yields the new state, or null where it was refused. */
  change(ask: (api: Api) => Promise<Outcome<AuthorityState>>): Promise<AuthorityState | null>;
  /** A file of a certificate; null where it was refused. */
  exported(id: string, form: ExportForm, password: string): Promise<ExportedFile | null>;
  /** Says why something was not done, or that it was. */
  refuse(sentence: string | null): void;
}

const NO_ENGINE = 'The engine does not answer; try again.';

/** Reads the authority, and hears of its changes, while the pane is there. */
export function useAuthority(): Authority {
  const { api, on, connection } = useWorkbench();
  const [state, setState] = useState<AuthorityState | null>(null);
  const [refusal, refuse] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let gone = false;
    const read = (): void => {
      void api()
        ?.['authority.get']()
        .then(
          (outcome) => {
            if (gone) return;
            if (outcome.ok) setState(outcome.value);
            refuse(outcome.ok ? null : outcome.error.sentence);
          },
          () => !gone && refuse(NO_ENGINE),
        );
    };
    read();
    // An engine that comes back may be another one.
    const stopWaiting = connection.state.subscribe(({ phase }, before) => {
      if (phase === 'open' && before.phase !== 'open') read();
    });
    const stopListening = on('authorityChanged', setState);
    return () => {
      gone = true;
      stopWaiting();
      stopListening();
    };
  }, [api, on, connection]);
  return {
    state,
    refusal,
    busy,
    refuse,
    async exported(id, form, password) {
      const outcome = await api()
        ?.['authority.export'](id, form, password)
        .catch(() => null);
      refuse(outcome ? (outcome.ok ? null : outcome.error.sentence) : NO_ENGINE);
      return outcome?.ok ? outcome.value : null;
    },
    async change(ask) {
      const engine = api();
      if (!engine) {
        refuse(NO_ENGINE);
        return null;
      }
      setBusy(true);
      const outcome = await ask(engine).catch(() => null);
      setBusy(false);
      refuse(outcome ? (outcome.ok ? null : outcome.error.sentence) : NO_ENGINE);
      if (!outcome?.ok) return null;
      setState(outcome.value);
      return outcome.value;
    },
  };
}
