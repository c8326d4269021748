import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from './button.tsx';

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
      <IconButton label={said} onClick={() => void copy(text()).then(setOutcome)}>
        {outcome === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </IconButton>
      <span className="visually-hidden" role="status">
        {outcome ? said : ''}
      </span>
    </>
  );
}

async function copy(text: string): Promise<'copied' | 'refused'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    // Pages that came over plain HTTP from another machine have no clipboard; a selection can be copied still.
    return copyBySelection(text) ? 'copied' : 'refused';
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
