import { X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { FileWorkEnd } from '../../../bridge/methods/files.ts';
import type { TaskState } from '../../../bridge/methods/tasks.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Popover } from '../../components/popover.tsx';
import css from './files.module.css';
import { startDownload } from './host-files.ts';

interface Shown {
  readonly state: TaskState;
  readonly end: FileWorkEnd | null;
}

/** Long works with files: how far they are, what came of them, and a session that was not closed. */
export function FileTasks(): ReactNode {
  const { api, on } = useWorkbench();
  const [tasks, setTasks] = useState<ReadonlyMap<number, Shown>>(new Map());
  useEffect(
    () =>
      on('taskChanged', (state) => {
        setTasks((before) => new Map(before).set(state.task, { state, end: before.get(state.task)?.end ?? null }));
        if (state.state !== 'done') return;
        void api()
          ?.['files.ended'](state.task)
          .then(
            (end) => setTasks((before) => new Map(before).set(state.task, { state, end })),
            () => undefined,
          );
      }),
    [on, api],
  );
  const dismiss = (task: number): void => {
    setTasks((before) => new Map([...before].filter(([other]) => other !== task)));
  };
  return (
    <>
      <Unclosed />
      {[...tasks.values()].map((shown) => (
        <Task key={shown.state.task} {...shown} onDismiss={() => dismiss(shown.state.task)} />
      ))}
    </>
  );
}

function Task({ state, end, onDismiss }: Shown & { onDismiss: () => void }): ReactNode {
  const { api } = useWorkbench();
  const title = visibleLine(state.title, 200);
  if (state.state === 'running') {
    return (
      <Notice severity="info" actions={<Button onClick={() => void api()?.['task.cancel'](state.task)}>Cancel</Button>}>
        <span className={css.running}>
          {title}
          <progress
            aria-label={title}
            {...(state.total === null ? {} : { value: state.done, max: state.total || 1 })}
          />
          <span className={css.share}>{shareOf(state)}</span>
        </span>
      </Notice>
    );
  }
  const severity = state.state === 'failed' ? 'error' : (end?.report?.faults ?? 0) > 0 ? 'warning' : 'info';
  return (
    <Notice
      severity={severity}
      actions={
        <>
          {end && <EndActions end={end} onDismiss={onDismiss} />}
          <IconButton label={`Dismiss: ${title}`} onClick={onDismiss}>
            <X size={14} aria-hidden />
          </IconButton>
        </>
      }
    >
      {visibleLine(`${title}: ${state.sentence ?? state.state}`, 500)}
    </Notice>
  );
}

function EndActions({ end, onDismiss }: { end: FileWorkEnd; onDismiss: () => void }): ReactNode {
  const { api } = useWorkbench();
  const { report, download } = end;
  return (
    <>
      {report && (report.faults > 0 || report.assumed.length > 0) && (
        <Popover title="What the import met" align="end" trigger={<Button>Details</Button>}>
          <ul className={css.details}>
            {report.assumed.map((sentence) => (
              <li key={sentence}>{visibleLine(sentence, 500)}</li>
            ))}
            {report.firstFaults.map(({ place, sentence }) => (
              <li key={`${place} ${sentence}`} className={css.fault}>
                {visibleLine(`${place}: ${sentence}`, 500)}
              </li>
            ))}
            {report.faults > report.firstFaults.length && (
              <li>… and {report.faults - report.firstFaults.length} more</li>
            )}
          </ul>
        </Popover>
      )}
      {download !== undefined && (
        <Button
          onClick={() => {
            startDownload(document, download);
            onDismiss();
          }}
        >
          Download
        </Button>
      )}
      {end.session && download === undefined && (
        <Button
          onClick={() => {
            void api()?.['session.open'](end.path);
            onDismiss();
          }}
        >
          Open
        </Button>
      )}
    </>
  );
}

/** A session that was not closed, as after a crash, is offered once. */
function Unclosed(): ReactNode {
  const { api, connection } = useWorkbench();
  const [path, setPath] = useState<string | null>(null);
  useEffect(() => {
    const ask = (): void => {
      void api()
        ?.['files.unclosed']()
        .then(
          (session) => setPath(session?.path ?? null),
          () => undefined,
        );
    };
    ask();
    return connection.state.subscribe(ask);
  }, [api, connection]);
  if (path === null) return null;
  const done = (open: boolean): void => {
    setPath(null);
    const engine = api();
    if (open) void engine?.['session.open'](path).catch(() => undefined);
    void engine?.['files.dismissUnclosed']().catch(() => undefined);
  };
  return (
    <Notice
      severity="warning"
      actions={
        <>
          <Button onClick={() => done(true)}>Open it</Button>
          <IconButton label="Do not open it" onClick={() => done(false)}>
            <X size={14} aria-hidden />
          </IconButton>
        </>
      }
    >
      {`The last session was not closed when Plugscope ended: ${visibleLine(path, 300)}. All that was recorded is in it.`}
    </Notice>
  );
}

function shareOf({ done, total }: TaskState): string {
  if (total === null || total === 0) return '';
  return `${Math.min(100, Math.floor((100 * done) / total))} %`;
}
