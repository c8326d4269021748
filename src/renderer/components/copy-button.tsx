import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from './button.tsx';
import { copyText } from './clipboard.ts';

const SHOWN_FOR = 1500;

/** Copies a text to the clipboard and says so. `text` is asked for when it is needed, since it may be long. */
export function CopyButton({ label, text }: { label: string; text: () => string }): ReactNode {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const handle = setTimeout(() => setOutcome(null), SHOWN_FOR);
    return () => clearTimeout(handle);
  }, [outcome]);
  const said = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'The browser refused to copy' : label;
  return (
    <>
      <IconButton label={said} onClick={() => void copyText(text()).then(setOutcome)}>
        {outcome === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </IconButton>
      <span className="visually-hidden" role="status">
        {outcome ? said : ''}
      </span>
    </>
  );
}
