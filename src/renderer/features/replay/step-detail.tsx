import { type ReactNode, useState } from 'react';
import type { ReplayState, ReplayStepDetail } from '../../../bridge/methods/replay.ts';
import { isJsonObject } from '../../../ocpp/json.ts';
import { DiffView } from '../../app/diff/diff-view.tsx';
import { MessageEditor } from '../../app/message-editor/message-editor.tsx';
import { visibleBlock } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import css from './replay.module.css';
import { useStep } from './use-replay.ts';

const IGNORED = { ids: true, times: true } as const;

/** A step in full: what it sends, which can be edited before; then the recorded answer beside the new one. */
export function StepDetail({ index, state }: { index: number; state: ReplayState }): ReactNode {
  const step = useStep(index, state.revision);
  const { selection } = useWorkbench();
  if (!step) return <div className={css.detail} />;
  const { row, recorded, live } = step;
  const version = state.stations.find(({ station }) => station === row.station)?.version ?? null;
  const editable = row.state === 'waiting' && (row.kind === 'call' || row.kind === 'send');
  return (
    <section className={css.detail} aria-label={`Step ${index + 1}`}>
      <div className={css.detailHead}>
        <Button look="quiet" onClick={() => void selection.selectEntry(row.entry)}>
          Show the recorded message
        </Button>
      </div>
      {row.verdict?.sentence && <p className={css.sentenceBlock}>{visibleBlock(row.verdict.sentence)}</p>}
      {live && recorded && (
        <DiffView
          before={{ title: 'Recorded', text: recorded.text }}
          after={{ title: 'Now', text: live.text }}
          ignore={IGNORED}
        />
      )}
      {live && <Frame title="Answer now" text={live.text} />}
      {recorded && (
        <Frame title={row.kind === 'expect' ? 'Is answered with' : 'Recorded answer'} text={recorded.text} />
      )}
      {editable ? (
        <Payload key={index} step={step} version={version} side={state.side} />
      ) : (
        step.payload && <Frame title="Payload" text={JSON.stringify(step.edited ?? step.payload, null, 2)} />
      )}
    </section>
  );
}

function Frame({ title, text }: { title: string; text: string }): ReactNode {
  return (
    <>
      <h3 className={css.frameTitle}>{title}</h3>
      <pre className={css.frame}>{visibleBlock(text.slice(0, 20_000))}</pre>
    </>
  );
}

function Payload({
  step: { row, payload, edited },
  version,
  side,
}: {
  step: ReplayStepDetail;
  version: ReplayState['stations'][number]['version'];
  side: ReplayState['side'];
}): ReactNode {
  const { api } = useWorkbench();
  const [text, setText] = useState(() => JSON.stringify(edited ?? payload, null, 2));
  const [trouble, setTrouble] = useState<string | null>(null);
  const put = async (next: string | null): Promise<void> => {
    const value = next === null ? null : parse(next);
    if (value === undefined) {
      setTrouble('The payload must be a JSON object to be sent as a message.');
      return;
    }
    const outcome = await api()
      ?.['replay.edit'](row.index, value)
      .catch(() => null);
    setTrouble(outcome?.ok ? null : (outcome?.error.sentence ?? 'The engine does not answer; try again.'));
    if (outcome?.ok && next === null) setText(JSON.stringify(payload, null, 2));
  };
  return (
    <>
      <div className={css.frameTitle}>
        <h3 className={css.inline}>Payload to be sent</h3>
        <Button onClick={() => void put(text)}>Use this payload</Button>
        {row.edited && <Button onClick={() => void put(null)}>Use the recorded one</Button>}
      </div>
      {trouble !== null && (
        <p className={css.trouble} role="alert">
          {trouble}
        </p>
      )}
      <div className={css.editor}>
        <MessageEditor
          label="Payload to be sent"
          value={text}
          onChange={setText}
          onSend={() => void put(text)}
          message={{
            version,
            direction: side === 'station' ? 'to-csms' : 'to-station',
            part: 'request',
            action: row.action,
          }}
        />
      </div>
    </>
  );
}

function parse(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    // Copied, so that it is what the contract asks for.
    return isJsonObject(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
