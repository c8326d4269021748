import { Tabs } from '@base-ui/react/tabs';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, type RefObject, useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { LookedAt } from '../../app/interception.ts';
import type { CheckedMessage } from '../../app/message-editor/check-message.ts';
import type { EditedMessage } from '../../app/message-editor/edited-message.ts';
import { MessageEditor, type MessageEditorHandle } from '../../app/message-editor/message-editor.tsx';
import { prettyPrint } from '../../app/pretty.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import { AnswerForm } from './answer-form.tsx';
import css from './held.module.css';
import { HeldHead } from './held-head.tsx';
import { validityInWords } from './held-words.ts';
import pane from './intercept.module.css';
import { release } from './release.ts';
import { TextDiff } from './text-diff.tsx';

/** The held message that is looked at: its text to be edited, what the edit changes, and answers to it. */
export function Held({
  editor,
  onLeave,
}: {
  editor: RefObject<MessageEditorHandle | null>;
  onLeave: () => void;
}): ReactNode {
  const { interception } = useWorkbench();
  const selected = useStore(interception.state, (state) => state.selected);
  if (selected === null) {
    return (
      <section className={pane.column} aria-label="Held message">
        <p className={pane.hint}>Select a held message to forward, change, drop or answer it.</p>
      </section>
    );
  }
  const { id, heldSince } = selected.message;
  return <LookedAtMessage key={`${id} ${heldSince}`} lookedAt={selected} editor={editor} onLeave={onLeave} />;
}

function LookedAtMessage({
  lookedAt,
  editor,
  onLeave,
}: {
  lookedAt: LookedAt;
  editor: RefObject<MessageEditorHandle | null>;
  onLeave: () => void;
}): ReactNode {
  const { interception } = useWorkbench();
  const { message, gone } = lookedAt;
  const { id, text } = message;
  const draft = useStore(interception.state, ({ drafts }) => drafts.get(id));
  const laidOut = useMemo(() => layOut(text ?? ''), [text]);
  const [checked, setChecked] = useState<CheckedMessage | null>(null);
  const onChange = useCallback(
    (next: string) => interception.edit(id, next === laidOut ? null : next),
    [interception, id, laidOut],
  );
  const edited = useMemo((): EditedMessage => {
    const { version, direction, action, messageId } = message;
    return { version, direction, part: 'frame', action, messageId };
  }, [message]);
  const open = gone === null && !message.decided;
  const verdict = open && checked && <Validity checked={checked} version={message.version} />;

  return (
    <section className={pane.column} aria-label="Held message">
      <HeldHead lookedAt={lookedAt} draft={draft} onReverted={() => editor.current?.focus()} />
      {text === null ? (
        <p className={pane.hint}>This frame is no text: it can be forwarded or dropped, but not edited.</p>
      ) : (
        <Tabs.Root className={css.tabs} defaultValue="message">
          <Tabs.List className={css.tablist} activateOnFocus>
            <Tabs.Tab className={css.tab} value="message">
              Message
            </Tabs.Tab>
            <Tabs.Tab className={css.tab} value="difference">
              Difference
            </Tabs.Tab>
            {message.type === 'CALL' && (
              <Tabs.Tab className={css.tab} value="answer">
                Answer it
              </Tabs.Tab>
            )}
          </Tabs.List>
          <Tabs.Panel className={css.panel} value="message" keepMounted>
            <MessageEditor
              label="Text of the held message"
              value={draft ?? laidOut}
              onChange={onChange}
              message={edited}
              onChecked={setChecked}
              onSend={() => open && void release(interception, id)}
              onLeave={onLeave}
              readOnly={!open}
              handle={editor}
              verdict={verdict}
            />
          </Tabs.Panel>
          <Tabs.Panel className={css.panel} value="difference">
            {draft === undefined ? (
              <p className={pane.hint}>Nothing is edited: what would be sent is what came.</p>
            ) : (
              <div className={pane.column}>
                <TextDiff label="What came, and what would be sent" before={laidOut} after={draft} />
                {verdict}
              </div>
            )}
          </Tabs.Panel>
          <Tabs.Panel className={css.panel} value="answer">
            <AnswerForm message={message} open={open} />
          </Tabs.Panel>
        </Tabs.Root>
      )}
    </section>
  );
}

/** Longer texts are shown as they came. */
const LAID_OUT_MAX = 5_000_000;

function layOut(text: string): string {
  return text.length > LAID_OUT_MAX ? text : prettyPrint(text, [], []).text;
}

function Validity({ checked, version }: { checked: CheckedMessage; version: EditedMessage['version'] }): ReactNode {
  const { valid, sentence } = validityInWords(checked, version);
  return (
    <p className={css.validity} role="status">
      {valid ? <CircleCheck size={14} aria-hidden /> : <SeverityMark severity="error" />}
      <span>{sentence}</span>
    </p>
  );
}
