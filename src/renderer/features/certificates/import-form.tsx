import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FormField } from '../../components/form-field.tsx';
import { Popover } from '../../components/popover.tsx';
import css from './certificates.module.css';

/** The most bytes of a file that the engine takes, before base64. */
const FILE_MAX_BYTES = 2_900_000;

/** Takes in roots, certificates and keys of the user's own. */
export function ImportForm({
  busy,
  onImport,
}: {
  busy: boolean;
  /** Takes the file in base64; yields whether it was taken in. */
  onImport: (content: string, name: string, password: string) => Promise<boolean>;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const id = useId();
  const take = async (): Promise<void> => {
    if (!file) return;
    if (file.size > FILE_MAX_BYTES) {
      setFault('The file is too large for certificates.');
      return;
    }
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) {
      setFault('The file cannot be read.');
      return;
    }
    setFault(null);
    if (!(await onImport(base64Of(new Uint8Array(bytes)), file.name.slice(0, 255), password))) return;
    setFile(null);
    setPassword('');
    setOpen(false);
  };
  return (
    <Popover title="Import" open={open} onOpenChange={setOpen} trigger={<Button>Import…</Button>}>
      <div className={css.form}>
        <label htmlFor={id}>Certificates and keys: PEM, DER or PKCS#12</label>
        <input
          id={id}
          type="file"
          accept=".pem,.crt,.cer,.der,.p12,.pfx,.key"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <FormField label="Password, where it has one" value={password} secret onChange={setPassword} />
        {fault !== null && (
          <p className={css.bad} role="alert">
            {fault}
          </p>
        )}
        <div className={css.buttons}>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button look="primary" disabled={busy || file === null} onClick={() => void take()}>
            Import
          </Button>
        </div>
      </div>
    </Popover>
  );
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
