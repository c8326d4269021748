import { ArrowLeftRight, Minus, PencilLine, Plus } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { JsonValue } from '../../../ocpp/json.ts';
import { pointerKeys } from '../../../ocpp/json-pointer.ts';
import { diffFrames, type FrameDiff } from '../../../session/diff/frame-diff.ts';
import type { Ignored } from '../../../session/diff/identity.ts';
import type { Difference } from '../../../session/diff/semantic-diff.ts';
import { count, countOf } from '../format.ts';
import { visibleBlock, visibleLine } from '../visible-text.ts';
import css from './diff-view.module.css';

/** Differences that are listed; a person reads no more. */
const LISTED_MAX = 500;
/** Characters of a value that are shown. */
const VALUE_MAX = 2000;

/** How two frames, as they were on the wire, differ: by their meaning where both are messages, else by their letters. */
export function DiffView({
  before,
  after,
  ignore,
}: {
  before: { readonly title: string; readonly text: string };
  after: { readonly title: string; readonly text: string };
  ignore?: Ignored;
}): ReactNode {
  const { ids, times } = ignore ?? {};
  const diff = useMemo(
    () => diffFrames(before.text, after.text, { ignore: { ids, times } }),
    [before.text, after.text, ids, times],
  );
  return (
    <div className={css.diff}>
      <p className={css.verdict} role="status">
        {verdictOf(diff)}
      </p>
      {diff.kind === 'message' && diff.differences.length > 0 && (
        <DifferenceTable differences={diff.differences} before={before.title} after={after.title} />
      )}
      {diff.kind === 'text' && !diff.identical && (
        <pre className={css.text}>
          {diff.pieces.map(({ kind, text }, index) => {
            const Piece = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes its order
              <Piece key={index}>{visibleBlock(text)}</Piece>
            );
          })}
        </pre>
      )}
    </div>
  );
}

/** Differences with both their sides, in a table. */
export function DifferenceTable({
  differences,
  before,
  after,
}: {
  differences: readonly Difference[];
  before: string;
  after: string;
}): ReactNode {
  const rest = differences.length - LISTED_MAX;
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.slice(0, LISTED_MAX).map((difference) => (
            <Row key={`${difference.kind} ${difference.path}`} difference={difference} />
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className={css.verdict}>{`${count(rest)} further differences are not listed.`}</p>}
    </>
  );
}

const KINDS = {
  added: { Icon: Plus, words: 'Added' },
  removed: { Icon: Minus, words: 'Removed' },
  changed: { Icon: PencilLine, words: 'Changed' },
  moved: { Icon: ArrowLeftRight, words: 'Moved' },
} as const;

function Row({ difference }: { difference: Difference }): ReactNode {
  const { kind, path, oldPath } = difference;
  const { Icon, words } = KINDS[kind];
  const whole = kind === 'moved' ? 'the same item, at another place' : undefined;
  return (
    <tr data-kind={kind}>
      <th scope="row">
        <Icon size={12} aria-label={words} className={css.mark} />
        <span>
          <code>{pathText(path)}</code>
          {oldPath !== undefined && <span className={css.was}>{`was ${pathText(oldPath)}`}</span>}
        </span>
      </th>
      <td>{kind === 'added' ? <None /> : (whole ?? <Value value={difference.old} was />)}</td>
      <td>{kind === 'removed' ? <None /> : (whole ?? <Value value={difference.new} />)}</td>
    </tr>
  );
}

function None(): ReactNode {
  return <span className={css.none}>not there</span>;
}

function Value({ value, was = false }: { value: JsonValue | undefined; was?: boolean }): ReactNode {
  const text = JSON.stringify(value, null, 2) ?? '';
  const shown = visibleBlock(text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX)}…` : text);
  return was ? <del className={css.value}>{shown}</del> : <ins className={css.value}>{shown}</ins>;
}

/** A pointer as people write paths: `evse.id`, `meterValue[0].timestamp`. */
export function pathText(pointer: string): string {
  const keys = pointerKeys(pointer);
  const text = keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('');
  return visibleLine(text === '' ? 'all of it' : text.replace(/^\./, ''), 300);
}

function verdictOf(diff: FrameDiff): string {
  if (diff.identical) return 'The same to the letter.';
  if (diff.kind === 'too-large') return 'These messages differ. They are too large to say where.';
  if (diff.kind === 'text') return 'Not both are messages that can be read, so their letters are compared.';
  const ignored = diff.ignored === 0 ? '' : ` ${countOf(diff.ignored, 'more', 'more')} in ids and times, not counted.`;
  if (diff.differences.length > 0) return `${countOf(diff.differences.length, 'difference')}.${ignored}`;
  if (diff.ignored > 0) return `No difference but ${count(diff.ignored)} in ids and times, not counted.`;
  return 'The same values. Only their spelling differs: white space, order, or how a number is written.';
}
