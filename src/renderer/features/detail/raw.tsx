import { type ReactNode, useMemo, useState } from 'react';
import type { EntryDetail } from '../../../session/timeline.ts';
import { bytes } from '../../app/format.ts';
import { visibleText } from '../../app/visible-text.ts';
import { Choice } from '../../components/choice.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import css from './detail.module.css';
import { BYTES_A_LINE, bytesOf, hexLine } from './hex.ts';

/** Characters of the exact text that are laid out; the hex view has no such limit. */
const SHOWN = 200_000;
const LINE_HEIGHT = 18;
const VIEWS = [
  { value: 'text', label: 'Exact text' },
  { value: 'hex', label: 'Hex' },
] as const;

/** The frame as it was on the wire. */
export function Raw({ detail: { text, base64 } }: { detail: EntryDetail }): ReactNode {
  const [chosen, setChosen] = useState<'text' | 'hex'>('text');
  const view = text === undefined ? 'hex' : chosen;
  const data = useMemo(() => bytesOf(base64), [base64]);
  const long = view === 'text' && text !== undefined && text.length > SHOWN;
  return (
    <div className={css.raw}>
      <div className={css.bar}>
        {text === undefined ? (
          'Binary, or text that is not UTF-8'
        ) : (
          <Choice label="View" options={VIEWS} value={view} onChange={(next) => setChosen(next ?? 'text')} />
        )}
        <span className={css.size}>{bytes(data.length)}</span>
        {text === undefined ? (
          <CopyButton label="Copy the bytes as base64" text={() => base64} />
        ) : (
          <CopyButton label="Copy the exact text" text={() => text} />
        )}
      </div>
      {long && <div className={css.notice}>The first {bytes(SHOWN)} are shown; copying takes all of it.</div>}
      {view === 'text' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
        <pre className={css.exact} tabIndex={0}>
          {visibleText((text ?? '').slice(0, SHOWN))}
        </pre>
      ) : (
        <div className={css.hex}>
          <VirtualList
            count={Math.ceil(data.length / BYTES_A_LINE)}
            rowHeight={LINE_HEIGHT}
            scroller={{ 'aria-label': 'Bytes in hexadecimal', role: 'region' }}
            row={(index) => <Line data={data} index={index} />}
          />
        </div>
      )}
    </div>
  );
}

function Line({ data, index }: { data: Uint8Array; index: number }): ReactNode {
  const { offset, hex, ascii } = hexLine(data, index);
  return (
    <div className={css.line}>
      <span>{offset}</span>
      <span>{hex}</span>
      <span>{ascii}</span>
    </div>
  );
}
