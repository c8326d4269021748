import { type FormEvent, type ReactNode, useState } from 'react';
import type { AuthorityState, IssueRequest } from '../../../bridge/methods/authority.ts';
import { BAD_KINDS, BAD_SENTENCES, type BadKind, HIERARCHY_NAMES, NEW_KEY_KINDS } from '../../../session/authority.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { FormField } from '../../components/form-field.tsx';
import { Popover } from '../../components/popover.tsx';
import { badWords } from './arrange.ts';
import css from './certificates.module.css';

const ROLES = [
  { value: 'station', label: 'Charging station' },
  { value: 'csms', label: 'CSMS' },
] as const;
const KEYS = NEW_KEY_KINDS.map((value) => ({ value, label: value }));
const HIERARCHIES = HIERARCHY_NAMES.map((value) => ({ value, label: `${value} hierarchy` }));
const BAD = BAD_KINDS.map((value) => ({ value, label: `Bad: ${badWords(value)}` }));

/** Makes a certificate with its key: a sound one, or one that a peer must refuse. */
export function IssueForm({
  machine,
  busy,
  onIssue,
}: {
  machine: AuthorityState['machine'];
  busy: boolean;
  onIssue: (request: IssueRequest) => Promise<boolean>;
}): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      title="New certificate"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button look="primary">New certificate…</Button>}
    >
      <Form machine={machine} busy={busy} onIssue={onIssue} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function Form({
  machine,
  busy,
  onIssue,
  onDone,
}: {
  machine: AuthorityState['machine'];
  busy: boolean;
  onIssue: (request: IssueRequest) => Promise<boolean>;
  onDone: () => void;
}): ReactNode {
  const [request, setRequest] = useState<IssueRequest>({
    role: 'station',
    commonName: '',
    names: [],
    key: 'ECDSA P-256',
    hierarchy: 'CSO',
    bad: null,
  });
  const change = (part: Partial<IssueRequest>): void => setRequest({ ...request, ...part });
  const [names, setNames] = useState([...machine.dns, ...machine.addresses].join(' '));
  const csms = request.role === 'csms';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const all = csms ? names.split(/[\s,;]+/).filter((name) => name !== '') : [];
    if (await onIssue({ ...request, commonName: request.commonName.trim(), names: all.slice(0, 50) })) onDone();
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      <div className={css.choices}>
        <Choice
          label="For whom"
          options={ROLES}
          value={request.role}
          onChange={(role) => role && change({ role, commonName: role === 'csms' ? (machine.dns[0] ?? '') : '' })}
        />
        <Choice label="Key" options={KEYS} value={request.key} onChange={(key) => key && change({ key })} />
        <Choice
          label="Hierarchy"
          options={HIERARCHIES}
          value={request.hierarchy}
          onChange={(hierarchy) => hierarchy && change({ hierarchy })}
        />
      </div>
      <FormField
        label={csms ? 'Common name: the FQDN of the CSMS' : 'Common name: the serial number or identity of the station'}
        value={request.commonName}
        placeholder={csms ? 'csms.example' : 'CS-0001'}
        onChange={(commonName) => change({ commonName })}
      />
      {csms && <FormField label="Further names and addresses" value={names} onChange={setNames} />}
      <Choice<BadKind>
        label="Sound or bad on purpose"
        none="Sound"
        options={BAD}
        value={request.bad}
        onChange={(bad) => change({ bad })}
      />
      {request.bad !== null && <p className={css.bad}>{BAD_SENTENCES[request.bad]}</p>}
      <div className={css.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={busy || request.commonName.trim() === ''}>
          Issue
        </Button>
      </div>
    </form>
  );
}
