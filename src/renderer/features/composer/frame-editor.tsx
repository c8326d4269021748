import { type ReactNode, useMemo } from 'react';
import type { ComposingState } from '../../app/composing.ts';
import type { EditedMessage } from '../../app/message-editor/edited-message.ts';
import { MessageEditor } from '../../app/message-editor/message-editor.tsx';
import { Choice } from '../../components/choice.tsx';
import css from './composer.module.css';
import { bytesOfHex } from './frame-bytes.ts';

const FORMS = [
  { value: 'text', label: 'Text' },
  { value: 'bytes', label: 'Text frame from bytes' },
  { value: 'binary', label: 'Binary frame' },
] as const satisfies readonly { value: ComposingState['frameAs']; label: string }[];

const NOTES = {
  text: 'Goes out as one text frame, to the character, be it OCPP or not. Variables are not replaced.',
  bytes: 'These bytes, in hexadecimal, go out as one text frame, be they UTF-8 or not.',
  binary: 'These bytes, in hexadecimal, go out as one binary frame.',
} as const satisfies Record<ComposingState['frameAs'], string>;

/** A whole frame as it goes on the wire. */
export function FrameEditor({
  state: { frame, frameAs, version, target },
  change,
  onSend,
}: {
  state: ComposingState;
  change: (part: Partial<ComposingState>) => void;
  onSend: () => void;
}): ReactNode {
  const message = useMemo(
    (): EditedMessage => ({
      version,
      direction: target?.peer === 'csms' ? 'to-csms' : 'to-station',
      part: 'frame',
      action: null,
    }),
    [version, target?.peer],
  );
  return (
    <div className={css.json}>
      <p className={css.note}>
        <Choice label="Frame" options={FORMS} value={frameAs} onChange={(next) => next && change({ frameAs: next })} />
        {NOTES[frameAs]}
      </p>
      <div className={css.editor}>
        {frameAs === 'text' ? (
          <MessageEditor
            label="Frame"
            value={frame}
            onChange={(text) => change({ frame: text })}
            message={message}
            onSend={onSend}
          />
        ) : (
          <textarea
            className={css.bytes}
            aria-label="Bytes of the frame, in hexadecimal"
            aria-invalid={bytesOfHex(frame) === undefined}
            spellCheck={false}
            value={frame}
            onChange={(event) => change({ frame: event.target.value })}
          />
        )}
      </div>
    </div>
  );
}
