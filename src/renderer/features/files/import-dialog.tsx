import { type ReactNode, useEffect, useId, useState } from 'react';
import type { ImportWish } from '../../../bridge/methods/files.ts';
import { OCPP_VERSIONS } from '../../../ocpp/version.ts';
import type { ImportPreview, ReaderName, ReadOptions } from '../../../session/files.ts';
import { bytes } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Choice } from '../../components/choice.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import css from './files.module.css';
import type { PickedFile } from './host-files.ts';
import { PreviewTable } from './preview-table.tsx';
import { SourceField } from './source-field.tsx';

const FORMATS = {
  pcap: 'pcap or pcapng',
  har: 'HAR',
  trace: 'Open OCPP Trace',
  ndjson: 'Plugscope NDJSON',
  frames: 'Frames, one a line',
  log: 'Log with frames in it',
} as const satisfies Record<ReaderName, string>;

/** Milliseconds without a key before the preview is made anew. */
const PAUSE = 250;

interface Form {
  readonly format: ReaderName | null;
  readonly station: string;
  readonly version: (typeof OCPP_VERSIONS)[number] | null;
  readonly zone: ReadOptions['zone'];
  readonly toCsms: string;
  readonly toStation: string;
}

const EMPTY: Form = { format: null, station: '', version: null, zone: 'utc', toCsms: '', toStation: '' };

/** Imports a file into a new session, after a look at what it will be taken for. */
export function ImportDialog({
  first,
  onStarted,
  onClose,
}: {
  first: PickedFile | null;
  onStarted: (task: number) => void;
  onClose: () => void;
}): ReactNode {
  const { api } = useWorkbench();
  const [picked, setPicked] = useState(first);
  const [form, setForm] = useState(EMPTY);
  const [error, setError] = useState<string | null>(null);
  const wish = picked ? wishOf(picked, form) : null;
  const { preview, problem } = usePreview(wish);

  const start = async (): Promise<void> => {
    if (!wish) return;
    const outcome = await api()
      ?.['files.import'](wish, null)
      .catch(() => null);
    if (outcome?.ok) {
      onStarted(outcome.value);
      onClose();
    } else setError(outcome ? visibleLine(outcome.error.sentence, 500) : 'The engine does not answer; try again.');
  };
  return (
    <DialogFrame
      title="Import"
      action="Import"
      ready={preview !== null}
      error={error ?? problem}
      wide
      onSubmit={start}
      onClose={onClose}
    >
      {first ? (
        <p className={css.hint}>
          <code>{visibleLine(first.name, 300)}</code>
        </p>
      ) : (
        <SourceField label="A recording, a capture or a log" picked={picked} onPick={setPicked} />
      )}
      {picked && <Settings form={form} preview={preview} onChange={(part) => setForm({ ...form, ...part })} />}
      {preview && (
        <>
          <p className={css.hint}>
            Taken for {preview.title}, {bytes(preview.bytes)}. The first lines:
          </p>
          <PreviewTable preview={preview} />
          {preview.assumed.length > 0 && (
            <ul className={css.assumed} aria-label="What was assumed">
              {preview.assumed.map((sentence) => (
                <li key={sentence}>{visibleLine(sentence, 500)}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </DialogFrame>
  );
}

function Settings({
  form,
  preview,
  onChange,
}: {
  form: Form;
  preview: ImportPreview | null;
  onChange: (part: Partial<Form>) => void;
}): ReactNode {
  const format = form.format ?? preview?.format;
  const isLog = format === 'log' || format === 'frames';
  return (
    <div className={css.settings}>
      <Choice
        label="Format"
        none={preview && form.format === null ? `${FORMATS[preview.format]} (found)` : 'Find out'}
        options={(Object.keys(FORMATS) as ReaderName[]).map((value) => ({ value, label: FORMATS[value] }))}
        value={form.format}
        onChange={(value) => onChange({ format: value })}
      />
      <Choice
        label="Version where the file does not say it"
        none="Version by its actions"
        options={OCPP_VERSIONS.map((value) => ({ value, label: `OCPP ${value}` }))}
        value={form.version}
        onChange={(version) => onChange({ version })}
      />
      <Text
        label="Station"
        hint="as the file says"
        value={form.station}
        onChange={(station) => onChange({ station })}
      />
      {isLog && (
        <>
          <Text
            label="Word for “to CSMS”"
            hint="found"
            value={form.toCsms}
            onChange={(toCsms) => onChange({ toCsms })}
          />
          <Text
            label="Word for “to station”"
            hint="found"
            value={form.toStation}
            onChange={(toStation) => onChange({ toStation })}
          />
          <Choice
            label="Zone of times without one"
            options={[
              { value: 'utc', label: 'Times are UTC' },
              { value: 'local', label: 'Times are local' },
            ]}
            value={form.zone}
            onChange={(zone) => onChange({ zone: zone ?? 'utc' })}
          />
        </>
      )}
    </div>
  );
}

function Text({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <span className={css.bound}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={css.input}
        value={value}
        placeholder={hint}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}

function wishOf({ source }: PickedFile, form: Form): ImportWish {
  const words = (text: string): string[] => (text.trim() === '' ? [] : [text.trim()]);
  const station = form.station.trim();
  return {
    source,
    format: form.format,
    options: {
      zone: form.zone,
      toCsms: words(form.toCsms),
      toStation: words(form.toStation),
      ...(station === '' ? {} : { station }),
      ...(form.version === null ? {} : { version: form.version }),
    },
  };
}

interface Preview {
  readonly preview: ImportPreview | null;
  readonly problem: string | null;
}

const NONE: Preview = { preview: null, problem: null };

/** What the engine makes of a wish, asked for once nothing has changed for a moment. */
function usePreview(wish: ImportWish | null): Preview {
  const { api, timing } = useWorkbench();
  const [state, setState] = useState(NONE);
  const key = JSON.stringify(wish);
  useEffect(() => {
    const asked = JSON.parse(key) as ImportWish | null;
    let current = true;
    const cancel = timing.after(PAUSE, async () => {
      const outcome =
        asked &&
        (await api()
          ?.['files.preview'](asked)
          .catch(() => undefined));
      if (!current) return;
      if (outcome?.ok) setState({ preview: outcome.value, problem: null });
      else setState({ preview: null, problem: outcome ? visibleLine(outcome.error.sentence, 500) : null });
    });
    return () => {
      current = false;
      cancel();
    };
  }, [key, api, timing]);
  return wish ? state : NONE;
}
