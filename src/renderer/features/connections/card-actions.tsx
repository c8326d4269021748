import { ArrowUpRight, Check, ClipboardCopy, ListFilter, Route, Unplug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ConnectionCard } from '../../../session/life/life.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { copyText } from '../../components/clipboard.ts';
import { Popover } from '../../components/popover.tsx';
import css from './card.module.css';
import { explanationText } from './explanation-text.ts';

/** What can be done with a connection. */
export function CardActions({
  card,
  isPast,
  onSaid,
}: {
  card: ConnectionCard;
  /** Another one is chosen, whose card is on its way: nothing is done with this one. */
  isPast: boolean;
  onSaid: (words: string) => void;
}): ReactNode {
  const { connections, facts, selection, filter } = useWorkbench();
  const { row, entries, otherLegs } = card;
  const opening = entries.opening;
  const [only] = otherLegs;
  const live = facts.getState().session?.mode !== 'file';
  const copy = async (): Promise<void> => {
    const outcome = await copyText(explanationText(card));
    onSaid(outcome === 'copied' ? 'Copied, without secrets.' : 'The browser refused to copy.');
  };
  return (
    <div className={css.actions} inert={isPast}>
      {(row.state === 'open' || row.state === 'ended') && (
        <Button title="Show only the messages of this connection" onClick={() => void filter(`link == ${row.link}`)}>
          <ListFilter size={14} aria-hidden />
          <span className={css.label}>Messages</span>
        </Button>
      )}
      {opening !== null && (
        <Button title="Go to its opening in the timeline" onClick={() => void selection.selectEntry(opening)}>
          <ArrowUpRight size={14} aria-hidden />
          <span className={css.label}>Timeline</span>
        </Button>
      )}
      {only !== undefined && otherLegs.length === 1 && (
        <IconButton label="The other leg of this proxied connection" onClick={() => connections.turnTo(only)}>
          <Route size={14} aria-hidden />
        </IconButton>
      )}
      {otherLegs.length > 1 && <Legs legs={otherLegs} />}
      <IconButton label="Copy all of this as text, without secrets" onClick={() => void copy()}>
        <ClipboardCopy size={14} aria-hidden />
      </IconButton>
      {row.state === 'open' && live && <Disconnect link={row.link} name={row.station} onSaid={onSaid} />}
    </div>
  );
}

function Legs({ legs }: { legs: readonly number[] }): ReactNode {
  const { connections } = useWorkbench();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      title="Other legs of this proxied connection"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton label="The other legs of this proxied connection">
          <Route size={14} aria-hidden />
        </IconButton>
      }
    >
      <div className={css.legs}>
        {legs.map((link) => (
          <Button
            key={link}
            onClick={() => {
              setOpen(false);
              connections.turnTo(link);
            }}
          >
            Connection {link}
          </Button>
        ))}
      </div>
    </Popover>
  );
}

/** Ends a connection, once the user said so twice. */
function Disconnect({
  link,
  name,
  onSaid,
}: {
  link: number;
  name: string;
  onSaid: (words: string) => void;
}): ReactNode {
  const { api } = useWorkbench();
  const [asked, setAsked] = useState(false);
  const disconnect = async (): Promise<void> => {
    setAsked(false);
    const done = await api()
      ?.['connections.disconnect'](link)
      .catch(() => undefined);
    if (done === undefined) onSaid('The engine does not answer; nothing was ended.');
    else onSaid(done ? 'Ended with 1001, going away.' : 'It was not open any longer.');
  };
  if (!asked) {
    return (
      <Button onClick={() => setAsked(true)}>
        <Unplug size={14} aria-hidden />
        Disconnect…
      </Button>
    );
  }
  return (
    <fieldset className={css.confirm} aria-label="Disconnect?">
      <Button
        autoFocus
        className={css.danger}
        onClick={() => void disconnect()}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setAsked(false);
        }}
      >
        <Check size={14} aria-hidden />
        Disconnect {visibleLine(name, 24)}
      </Button>
      <Button onClick={() => setAsked(false)}>Keep it</Button>
    </fieldset>
  );
}
