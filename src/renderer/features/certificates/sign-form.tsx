import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Popover } from '../../components/popover.tsx';
import css from './certificates.module.css';

const ROLES = [
  { value: 'station', label: 'For a charging station' },
  { value: 'csms', label: 'For a CSMS' },
] as const;

/** Signs a request that somebody made elsewhere, with a key that stays there. */
export function SignForm({
  busy,
  onSign,
}: {
  busy: boolean;
  onSign: (csr: string, role: 'station' | 'csms') => Promise<boolean>;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const [csr, setCsr] = useState('');
  const [role, setRole] = useState<'station' | 'csms'>('station');
  const id = useId();
  const sign = async (): Promise<void> => {
    if (!(await onSign(csr, role))) return;
    setCsr('');
    setOpen(false);
  };
  return (
    <Popover title="Sign a request" open={open} onOpenChange={setOpen} trigger={<Button>Sign a request…</Button>}>
      <div className={css.form}>
        <Choice label="For whom" options={ROLES} value={role} onChange={(next) => next && setRole(next)} />
        <label htmlFor={id}>Certificate signing request (PEM)</label>
        <textarea
          id={id}
          className={css.text}
          rows={10}
          value={csr}
          spellCheck={false}
          placeholder={'-----BEGIN CERTIFICATE REQUEST-----\n…'}
          onChange={(event) => setCsr(event.target.value)}
        />
        <div className={css.buttons}>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button look="primary" disabled={busy || csr.trim() === ''} onClick={() => void sign()}>
            Sign
          </Button>
        </div>
      </div>
    </Popover>
  );
}
