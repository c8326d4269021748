import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { Faults } from './faults.tsx';
import css from './rules.module.css';

/** Takes rules out of a file, or out of a text that is pasted. */
export function ImportRules({
  onImport,
}: {
  /** Yields what is wrong with the text, line by line, or null. */
  onImport: (text: string, how: 'replace' | 'append') => Promise<string | null>;
}): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <Popover title="Import rules" align="end" open={open} onOpenChange={setOpen} trigger={<Button>Import…</Button>}>
      <Form onImport={onImport} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function Form({
  onImport,
  onDone,
}: {
  onImport: (text: string, how: 'replace' | 'append') => Promise<string | null>;
  onDone: () => void;
}): ReactNode {
  const [text, setText] = useState('');
  const [faults, setFaults] = useState<readonly string[]>([]);
  const id = useId();
  const take = async (how: 'replace' | 'append'): Promise<void> => {
    const wrong = await onImport(text, how);
    if (wrong === null) onDone();
    else setFaults(wrong.split('\n'));
  };
  return (
    <div className={css.import}>
      <label htmlFor={`${id}-file`}>A file of rules</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".json,application/json"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          setFaults([]);
          void file?.text().then(setText, () => setFaults(['The file cannot be read.']));
        }}
      />
      <label htmlFor={`${id}-text`}>Or its text</label>
      <textarea
        id={`${id}-text`}
        className={`${css.input} ${css.mono}`}
        rows={10}
        value={text}
        spellCheck={false}
        placeholder='{ "format": "plugscope-rules", "version": 1, "rules": [ … ] }'
        aria-invalid={faults.length > 0}
        aria-describedby={`${id}-faults`}
        onChange={(event) => {
          setText(event.target.value);
          setFaults([]);
        }}
      />
      <Faults id={`${id}-faults`} sentences={faults} />
      <div className={css.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button disabled={text.trim() === ''} onClick={() => void take('replace')}>
          Replace all rules
        </Button>
        <Button look="primary" disabled={text.trim() === ''} onClick={() => void take('append')}>
          Add to the rules
        </Button>
      </div>
    </div>
  );
}
