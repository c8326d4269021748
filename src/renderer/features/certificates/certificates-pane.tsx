import { type ReactNode, useState } from 'react';
import type { AuthorityState } from '../../../bridge/methods/authority.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { Button } from '../../components/button.tsx';
import { ToolBar } from '../../components/tool-bar.tsx';
import { arrange } from './arrange.ts';
import { CertificateList } from './certificate-list.tsx';
import { CertificateView } from './certificate-view.tsx';
import css from './certificates.module.css';
import { ImportForm } from './import-form.tsx';
import { IssueForm } from './issue-form.tsx';
import { RootDelivery } from './root-delivery.tsx';
import { SignForm } from './sign-form.tsx';
import { type Authority, useAuthority } from './use-authority.ts';

/** The bench certificate authority: what there is, and how to make, take in and give out certificates. */
export function CertificatesPane(): ReactNode {
  const authority = useAuthority();
  const { state, refusal, refuse } = authority;
  return (
    <div className={css.pane}>
      {refusal !== null && (
        <p className={css.refusal} role="alert">
          <span>{visibleLine(refusal, 500)}</span>
          <Button look="quiet" onClick={() => refuse(null)}>
            Close
          </Button>
        </p>
      )}
      {state && <Certificates authority={authority} state={state} />}
    </div>
  );
}

function Certificates({ authority, state }: { authority: Authority; state: AuthorityState }): ReactNode {
  const rows = arrange(state.certificates);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = rows.find(({ certificate }) => certificate.id === chosen) ?? rows[0];
  /** Shows what has just come to be. */
  const showNew = (before: AuthorityState, after: AuthorityState | null): boolean => {
    const old = new Set(before.certificates.map(({ id }) => id));
    const added = after?.certificates.find(({ id }) => !old.has(id));
    if (added) setChosen(added.id);
    return after !== null;
  };
  return (
    <>
      <ToolBar label="Certificates" className={css.tools}>
        <IssueForm
          machine={state.machine}
          busy={authority.busy}
          onIssue={async (request) => showNew(state, await authority.change((api) => api['authority.issue'](request)))}
        />
        <SignForm
          busy={authority.busy}
          onSign={async (csr, role) =>
            showNew(state, await authority.change((api) => api['authority.sign'](csr, role)))
          }
        />
        <ImportForm
          busy={authority.busy}
          onImport={async (content, name, password) =>
            showNew(state, await authority.change((api) => api['authority.import'](content, name, password)))
          }
        />
        <RootDelivery urls={state.rootUrls} />
        <span className={css.space} />
        <span className={css.kept}>
          {state.keys === 'key-ring'
            ? 'Private keys: sealed by the key ring'
            : 'Private keys: files that you alone can read'}
        </span>
      </ToolBar>
      <div className={css.parts}>
        <CertificateList rows={rows} chosen={shown?.certificate.id ?? null} onChoose={setChosen} />
        {shown && (
          <CertificateView
            key={shown.certificate.id}
            certificate={shown.certificate}
            responder={state.responder}
            authority={authority}
          />
        )}
      </div>
    </>
  );
}
