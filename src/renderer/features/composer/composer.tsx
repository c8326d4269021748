import { Send } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useCallback, useMemo } from 'react';
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { schemaOf } from '../../../ocpp/official-schemas.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../../ocpp/version.ts';
import type { Snippet } from '../../../workspace/snippet.ts';
import type { ComposingState } from '../../app/composing.ts';
import type { CheckedMessage } from '../../app/message-editor/check-message.ts';
import type { EditedMessage } from '../../app/message-editor/edited-message.ts';
import { MessageEditor } from '../../app/message-editor/message-editor.tsx';
import { peerOf, usePeers } from '../../app/use-peers.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { PaneSeparator } from '../../components/pane-separator.tsx';
import { ToolBar } from '../../components/tool-bar.tsx';
import { ActionChoice } from './action-choice.tsx';
import { actionGroups } from './action-groups.ts';
import css from './composer.module.css';
import controls from './controls.module.css';
import { FrameEditor } from './frame-editor.tsx';
import { PayloadForm } from './payload-form.tsx';
import { sentencesByPointer, withoutVariables } from './revise.ts';
import { obstacle, send } from './send.ts';
import { Side } from './side.tsx';
import { TargetChoice } from './target-choice.tsx';
import { type Fill, templateText } from './template-text.ts';
import { usePreview } from './use-preview.ts';
import { Variables } from './variables.tsx';

const VERSIONS = OCPP_VERSIONS.map((version) => ({ value: version, label: `OCPP ${version}` }));
const KINDS = [
  { value: 'message', label: 'Message' },
  { value: 'frame', label: 'Whole frame' },
] as const;

/** The composer: any message to any live peer. */
export function Composer(): ReactNode {
  const workbench = useWorkbench();
  const { composing } = workbench;
  const state = useStore(composing);
  const peers = usePeers();
  // Somebody to send to, until the user chooses.
  const target = state.target ?? peers[0] ?? null;
  const peer = peerOf(peers, target);
  const version = peer?.version ?? state.version;
  const now: ComposingState = useMemo(() => ({ ...state, target, version }), [state, target, version]);
  const preview = usePreview(now);
  const hindrance = obstacle(now, peer, preview?.problems ?? []);
  const change = useCallback((part: Partial<ComposingState>): void => composing.setState(part), [composing]);
  const submit = (): void => {
    if (peer === undefined || hindrance !== undefined) return;
    change({ target: { station: peer.station, peer: peer.peer }, version });
    void send(workbench, peer, workbench.timing.wall());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    submit();
  };
  const load = (kept: Pick<Snippet, 'kind' | 'version' | 'action' | 'text'>): void =>
    kept.kind !== 'message'
      ? change({ kind: 'frame', frame: kept.text, frameAs: kept.kind === 'frame' ? 'text' : kept.kind })
      : change({ kind: 'message', action: kept.action, payload: kept.text, version: kept.version ?? version });
  const layout = useDefaultLayout({ id: `composer-${now.kind}`, panelIds: PANELS[now.kind] });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl-Enter sends wherever the keyboard is in the pane
    <div className={css.composer} onKeyDown={onKeyDown}>
      <ToolBar label="Composer" className={css.bar}>
        <span className={css.to}>To</span>
        <TargetChoice peers={peers} target={target} onChange={(next) => change({ target: next, version })} />
        {peer?.version === undefined || peer.version === null ? (
          <Choice<OcppVersion>
            label="Version"
            options={VERSIONS}
            value={version}
            onChange={(next) => next && change({ version: next })}
          />
        ) : null}
        <Choice label="What is sent" options={KINDS} value={now.kind} onChange={(kind) => kind && change({ kind })} />
        {now.kind === 'message' && <MessageControls state={now} change={change} />}
        <span className={css.grow} />
        {hindrance !== undefined && (
          <span className={css.hindrance} role="status" title={hindrance}>
            {hindrance}
          </span>
        )}
        <Button
          look="primary"
          disabled={hindrance !== undefined}
          title={hindrance ?? 'Send (Ctrl-Enter)'}
          aria-keyshortcuts="Control+Enter"
          onClick={submit}
        >
          <Send size={14} aria-hidden />
          Send
        </Button>
      </ToolBar>
      <Group key={now.kind} orientation="horizontal" className={css.panels} {...layout}>
        {now.kind === 'message' ? (
          <MessagePanels state={now} preview={preview} change={change} onSend={submit} />
        ) : (
          <Panel id="frame" minSize={280}>
            <FrameEditor state={now} change={change} onSend={submit} />
          </Panel>
        )}
        <PaneSeparator label="Size of the answers" />
        <Panel id="side" defaultSize="28%" minSize={220}>
          <Side draft={draftOf(now)} onLoad={load} />
        </Panel>
      </Group>
    </div>
  );
}

const PANELS = { message: ['form', 'json', 'side'], frame: ['frame', 'side'] };

/** What the composer is at, as it is kept. */
function draftOf({ kind, version, action, payload, frame, frameAs }: ComposingState): Omit<Snippet, 'id' | 'name'> {
  if (kind === 'message') return { kind, version, action: action ?? '', text: payload };
  return { kind: frameAs === 'text' ? 'frame' : frameAs, version, action: '', text: frame };
}

type Change = (part: Partial<ComposingState>) => void;

function MessageControls({ state, change }: { state: ComposingState; change: Change }): ReactNode {
  const { version, action, target, messageId } = state;
  const direction = target?.peer === 'csms' ? 'to-csms' : 'to-station';
  const groups = useMemo(() => actionGroups(version, direction), [version, direction]);
  const fill = (how: Fill): void => {
    if (action !== null) change({ payload: templateText(version, action, how) });
  };
  return (
    <>
      <ActionChoice
        groups={groups}
        value={action}
        onChange={(next) => change({ action: next, payload: templateText(version, next, 'required') })}
      />
      <Button disabled={action === null} title="Only what must be there" onClick={() => fill('required')}>
        Required
      </Button>
      <Button
        disabled={action === null}
        title="Everything that may be there, but for customData"
        onClick={() => fill('everything')}
      >
        Everything
      </Button>
      <input
        className={`${controls.input} ${css.id}`}
        aria-label="Message id"
        placeholder="New message id"
        title="The message id; a new UUID where it is left empty"
        spellCheck={false}
        autoComplete="off"
        maxLength={1000}
        value={messageId}
        onChange={(event) => change({ messageId: event.target.value })}
      />
    </>
  );
}

function MessagePanels({
  state,
  preview,
  change,
  onSend,
}: {
  state: ComposingState;
  preview: ReturnType<typeof usePreview>;
  change: Change;
  onSend: () => void;
}): ReactNode {
  const { version, action, payload, target } = state;
  const schema = action === null ? undefined : schemaOf(version, action, 'request');
  const sentences = useMemo(() => sentencesByPointer(preview?.violations ?? []), [preview]);
  const onChange = useCallback((text: string): void => change({ payload: text }), [change]);
  const message = useMemo(
    (): EditedMessage => ({
      version,
      direction: target?.peer === 'csms' ? 'to-csms' : 'to-station',
      part: 'request',
      action,
    }),
    [version, target?.peer, action],
  );
  return (
    <>
      <Panel id="form" defaultSize="36%" minSize={220}>
        {schema === undefined ? (
          <p className={controls.hint}>
            {action === null
              ? 'Choose an action: what is required of it is filled in.'
              : `OCPP ${version} has no ${action}, so there is no form of it; its text can be edited and sent as a whole frame.`}
          </p>
        ) : (
          <PayloadForm schema={schema} document={payload} sentences={sentences} onChange={onChange} />
        )}
      </Panel>
      <PaneSeparator label="Size of the form" />
      <Panel id="json" defaultSize="36%" minSize={220}>
        <div className={css.json}>
          <div className={css.editor}>
            <MessageEditor
              label="Payload"
              value={payload}
              onChange={onChange}
              message={message}
              onSend={onSend}
              revise={action === null ? nothingFound : withoutVariables}
            />
          </div>
          <Variables preview={preview} payload={payload} />
        </div>
      </Panel>
    </>
  );
}

/** Before there is an action, nothing can be wrong with its payload. */
function nothingFound(_text: string, checked: CheckedMessage): CheckedMessage {
  return { ...checked, findings: [], places: [] };
}
