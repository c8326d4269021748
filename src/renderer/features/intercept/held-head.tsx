import type { MouseEvent, ReactNode } from 'react';
import type { HeldDecision } from '../../../bridge/methods/intercept.ts';
import { count } from '../../app/format.ts';
import type { LookedAt } from '../../app/interception.ts';
import { useCommands } from '../../app/use-commands.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { PaneHeading } from '../../components/pane-heading.tsx';
import css from './held.module.css';
import { heldTitle } from './held-words.ts';
import pane from './intercept.module.css';
import { release } from './release.ts';

interface HeadProps {
  readonly lookedAt: LookedAt;
  /** Its edited text, where it has one. */
  readonly draft: string | undefined;
  /** The edit was taken back. */
  readonly onReverted: () => void;
}

/** What the message is, and what can be done with it. */
export function HeldHead({ lookedAt, draft, onReverted }: HeadProps): ReactNode {
  const { selection } = useWorkbench();
  const { message, gone } = lookedAt;
  const { direction, station, version, messageId, entry } = message;
  const facts = [
    visibleLine(station, 60),
    version === null ? 'no version agreed' : `OCPP ${version}`,
    ...(messageId === null ? [] : [`id ${visibleLine(messageId, 40)}`]),
  ];
  return (
    <>
      <PaneHeading level={3} title={heldTitle(message)}>
        <span className={pane[direction]}>{direction === 'to-csms' ? '→ CSMS' : '← Station'}</span>
        <span className={pane.facts}>{facts.join(' · ')}</span>
        <Button look="quiet" title="Show it in the timeline" onClick={() => void selection.selectEntry(entry)}>
          {`#${count(entry)}`}
        </Button>
      </PaneHeading>
      {gone === null ? (
        <Decisions lookedAt={lookedAt} draft={draft} onReverted={onReverted} />
      ) : (
        <div className={css.gone} role="status">
          <span>
            {gone}
            {draft !== undefined &&
              !gone.startsWith('You sent') &&
              ' Your edited text was not sent; it stays here to be copied.'}
          </span>
          {draft !== undefined && <CopyButton label="Copy the edited text" text={() => draft} />}
        </div>
      )}
    </>
  );
}

function Decisions({ lookedAt: { message }, draft, onReverted }: HeadProps): ReactNode {
  const { interception } = useWorkbench();
  const { id, decided, text } = message;
  const decide = (decision: HeldDecision): void => void interception.decide(id, decision);
  // The next message takes the place of the one decided about: a double click is meant for one of them only.
  const once =
    (run: () => void) =>
    ({ detail }: MouseEvent): void => {
      if (detail < 2) run();
    };
  useCommands([
    {
      id: 'intercept.drop',
      group: 'Intercept',
      title: 'Drop the held message',
      keys: ['x'],
      enabled: () => !decided,
      run: () => decide({ kind: 'drop' }),
    },
    {
      id: 'intercept.duplicate',
      group: 'Intercept',
      title: 'Forward the held message twice, under the same id',
      keys: ['D'],
      enabled: () => !decided && text !== null,
      run: () => decide({ kind: 'duplicate', newMessageId: false }),
    },
  ]);
  return (
    <div className={css.actions}>
      {draft === undefined ? (
        <Button
          look="primary"
          disabled={decided}
          title="Forward it as it came (a)"
          onClick={once(() => void release(interception, id))}
        >
          Forward
        </Button>
      ) : (
        <>
          <Button
            look="primary"
            disabled={decided}
            title="Send the edited text in its place, without the line breaks of its layout (a, or Ctrl-Enter in the editor)"
            onClick={once(() => void release(interception, id))}
          >
            Send edited
          </Button>
          <Button disabled={decided} title="Forward it as it came" onClick={once(() => decide({ kind: 'forward' }))}>
            Forward as it came
          </Button>
        </>
      )}
      <Button disabled={decided} title="It goes nowhere (x)" onClick={once(() => decide({ kind: 'drop' }))}>
        Drop
      </Button>
      <Menu
        trigger={
          <Button disabled={decided || text === null} title="Forward it twice">
            Duplicate
          </Button>
        }
      >
        <MenuItem keys="D" onClick={() => decide({ kind: 'duplicate', newMessageId: false })}>
          Under the same message id
        </MenuItem>
        <MenuItem onClick={() => decide({ kind: 'duplicate', newMessageId: true })}>Under a new message id</MenuItem>
      </Menu>
      {draft !== undefined && (
        <Button
          look="quiet"
          title="Take the edit back"
          onClick={() => {
            interception.edit(id, null);
            onReverted();
          }}
        >
          Revert
        </Button>
      )}
      {decided && <span className={pane.facts}>Decided; it waits for those before it, whose order is kept.</span>}
    </div>
  );
}
