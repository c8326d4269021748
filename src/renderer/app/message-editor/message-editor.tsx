import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { Mark } from '../monaco/marks.ts';
import { useShownTheme } from '../use-shown-theme.ts';
import { visibleBlock } from '../visible-text.ts';
import type { CheckedMessage } from './check-message.ts';
import type { MessageTextEditor } from './create-editor.ts';
import type { EditedMessage } from './edited-message.ts';
import { Findings } from './findings.tsx';
import css from './message-editor.module.css';

/** Without a key for so long, the text is checked; what is long is checked less often. */
const CHECKED_AFTER = 150;
const LONG = 100_000;
const LONG_CHECKED_AFTER = 600;
/** Characters that are shown until the editor is loaded. */
const FIRST = 20_000;

/** What may be asked of an editor. */
export interface MessageEditorHandle {
  format(): void;
  focus(): void;
}

/**
 * An editor for an OCPP message: a whole frame, or a payload alone. It completes and explains by the schema of the
 * action, and says what the timeline would find wrong. Whatever is wrong, the text can be sent. Give it a `key` for
 * each text that has its own history of edits.
 */
export function MessageEditor({
  label,
  value,
  onChange,
  message,
  onChecked,
  onSend = nothing,
  onLeave = nothing,
  readOnly = false,
  verdict,
  revise = same,
  handle,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  message: EditedMessage;
  /** Called with what was found, some time after each change. */
  onChecked?: (checked: CheckedMessage) => void;
  onSend?: () => void;
  onLeave?: () => void;
  readOnly?: boolean;
  /** Stands between the text and what is wrong with it. */
  verdict?: ReactNode;
  /** Takes out of what was found what does not count here. */
  revise?: (text: string, checked: CheckedMessage) => CheckedMessage;
  handle?: Ref<MessageEditorHandle>;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  /** The keyboard was asked for, perhaps before there was an editor to take it. */
  const wanted = useRef(false);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const theme = useShownTheme();
  const latest = useRef({ label, value, onChange, message, onChecked, onSend, onLeave, theme });
  useEffect(() => {
    latest.current = { label, value, onChange, message, onChecked, onSend, onLeave, theme };
  });

  useEffect(() => {
    let made: MessageTextEditor | null = null;
    let gone = false;
    void Promise.all([import('./create-editor.ts'), import('./check-message.ts')]).then(
      ([{ createMessageTextEditor }, { checkMessage }]) => {
        if (gone || !place.current) return;
        const now = latest.current;
        made = createMessageTextEditor(place.current, {
          label: now.label,
          theme: now.theme,
          text: now.value,
          message: () => latest.current.message,
          now: () => new Date().toISOString(),
          onChange: (text) => latest.current.onChange(text),
          onSend: () => latest.current.onSend(),
          onLeave: () => latest.current.onLeave(),
        });
        setLoaded({ editor: made, check: checkMessage });
        if (wanted.current) made.focus();
      },
    );
    return () => {
      gone = true;
      made?.dispose();
    };
  }, []);
  // Before the next key, or what it typed would be overwritten by the value before it.
  useLayoutEffect(() => loaded?.editor.set(value), [loaded, value]);
  useEffect(() => loaded?.editor.theme(theme), [loaded, theme]);
  useEffect(() => loaded?.editor.readOnly(readOnly), [loaded, readOnly]);
  const checked = useChecked(loaded, value, message, revise, (result) => latest.current.onChecked?.(result));
  useImperativeHandle(handle, () => ({
    format: () => loaded?.editor.format(),
    focus() {
      wanted.current = true;
      loaded?.editor.focus();
    },
  }));

  return (
    <div className={css.frame}>
      <div className={css.text}>
        <div ref={place} className={css.editor} />
        {!loaded && <pre className={css.plain}>{visibleBlock(value.slice(0, FIRST))}</pre>}
      </div>
      {verdict}
      {checked && (
        <Findings
          findings={checked.findings}
          places={checked.places}
          onJump={(stretch) => loaded?.editor.reveal(stretch)}
        />
      )}
    </div>
  );
}

interface Loaded {
  readonly editor: MessageTextEditor;
  readonly check: (text: string, message: EditedMessage) => CheckedMessage;
}

/** Checks the text when it has rested for a moment, and underlines what is wrong. */
function useChecked(
  loaded: Loaded | null,
  text: string,
  message: EditedMessage,
  revise: (text: string, checked: CheckedMessage) => CheckedMessage,
  onChecked: (checked: CheckedMessage) => void,
): CheckedMessage | null {
  const [checked, setChecked] = useState<CheckedMessage | null>(null);
  const { version, direction, part, action, messageId } = message;
  const tell = useRef(onChecked);
  useEffect(() => {
    tell.current = onChecked;
  });
  const first = useRef(true);
  useEffect(() => {
    if (!loaded) return;
    const check = (): void => {
      const result = revise(text, loaded.check(text, { version, direction, part, action, messageId }));
      loaded.editor.mark(marksOf(result));
      setChecked(result);
      tell.current(result);
    };
    if (first.current) {
      first.current = false;
      check();
      return;
    }
    const handle = setTimeout(check, text.length > LONG ? LONG_CHECKED_AFTER : CHECKED_AFTER);
    return () => clearTimeout(handle);
  }, [loaded, text, version, direction, part, action, messageId, revise]);
  return checked;
}

function marksOf({ findings, places }: CheckedMessage): readonly Mark[] {
  return findings.flatMap(({ severity, sentence, rule }, index) => {
    const place = places[index];
    return place ? [{ ...place, severity, sentence, rule }] : [];
  });
}

function same(_text: string, checked: CheckedMessage): CheckedMessage {
  return checked;
}

function nothing(): void {
  // Not everybody wants to know.
}
