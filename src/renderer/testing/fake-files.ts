import type { Api, Events } from '../../bridge/contract.ts';
import type { FILES_METHODS, FileWorkEnd } from '../../bridge/methods/files.ts';
import type { TaskState } from '../../bridge/methods/tasks.ts';
import { failure, success } from '../../session/outcome.ts';

type FilesApi = {
  readonly [N in keyof typeof FILES_METHODS]: (...args: Parameters<Api[N]>) => Awaited<ReturnType<Api[N]>>;
};

/** Files of an engine that has none: a log to import, tasks that take a moment, a session that was not closed. */
export function createFakeFiles(
  tell: () => Pick<Events, 'taskChanged'> | null,
  unclosed: boolean,
): FilesApi & FakeTasks {
  const ended = new Map<number, FileWorkEnd>();
  const states = new Map<number, TaskState>();
  let open = unclosed ? { path: '/captures/2026-11-20 22.41.07.plugscope', name: '2026-11-20 22.41.07' } : null;
  let recent = ['/captures/bench-0411.plugscope', '/captures/field/acme-site-7.plugscope'].map((path, index) => ({
    path,
    opened: Date.UTC(2026, 10, 20 - index, 16, 30),
  }));
  const change = (state: TaskState): void => {
    const before = states.get(state.task);
    if (before && before.state !== 'running') return;
    states.set(state.task, state);
    tell()?.taskChanged(state);
  };
  const start = (title: string, end: Omit<FileWorkEnd, 'task'>, sentence: string): number => {
    const task = states.size + 1;
    const about = { task, title, total: 1000, unit: 'entries' } as const;
    change({ ...about, done: 0, state: 'running' });
    setTimeout(() => change({ ...about, done: 420, state: 'running' }), 150);
    // What is to be cancelled must not be over before it is.
    if (end.path?.includes('endless')) return task;
    setTimeout(() => {
      if (states.get(task)?.state !== 'running') return;
      ended.set(task, { task, ...end });
      change({ ...about, done: 1000, state: 'done', sentence });
    }, 600);
    return task;
  };
  const taken = (path: string): string => (/\.\w+$/.test(path) ? path : `${path}.plugscope`);
  return {
    'task.list': () => [...states.values()],
    'task.cancel'(task) {
      const state = states.get(task);
      if (state) change({ ...state, state: 'cancelled', sentence: 'It was cancelled; nothing was written.' });
      return null;
    },
    'files.recent': () => ({ folder: '/captures', files: recent }),
    'files.forgetRecent'(path) {
      recent = recent.filter((file) => file.path !== path);
      return null;
    },
    'files.preview': ({ source, options }) => {
      if (source.kind === 'path' && source.path.includes('missing')) {
        return failure('unreadable', `${source.path} cannot be read: no such file or directory.`);
      }
      return success(preview(options.station ?? 'CS-7', options.version ?? null));
    },
    'files.import': (wish, target) => {
      const name = wish.source.kind === 'path' ? wish.source.path : 'csms.log';
      const path = target ?? '/captures/csms.plugscope';
      const report = {
        title: 'a log with frames in it',
        entries: 1204,
        frames: 1204,
        links: 0,
        faults: 2,
        firstFaults: [
          { place: 'line 17', sentence: 'Nothing tells the direction of this frame.' },
          { place: 'line 9031', sentence: 'The line is not valid UTF-8.' },
        ],
        assumed: [ASSUMED],
      };
      return success(
        start(
          `Importing ${name}`,
          { path, session: true, report },
          'Read 1204 frames as a log with frames in it. 2 parts could not be read.',
        ),
      );
    },
    'files.openUpload': () => success('/tmp/upload/file.plugscope'),
    'files.export': ({ target, format }) => {
      const path = target.kind === 'path' ? target.path : `/tmp/${target.name}`;
      if (path.includes('taken')) return failure('target-exists', `${path} is there already; choose another name.`);
      return success(start(`Exporting bench-0412 as ${format}`, { path, session: false }, 'Wrote 1,000 entries.'));
    },
    'files.saveAs': ({ target }) => {
      const path = target.kind === 'path' ? taken(target.path) : `/tmp/${target.name}`;
      return success(start('Saving a copy of bench-0412', { path, session: true }, 'Wrote 1,000 entries.'));
    },
    'files.merge': ({ target, sources }) => {
      const path = target.kind === 'path' ? taken(target.path) : `/tmp/${target.name}`;
      return success(start(`Merging ${sources.length} sessions`, { path, session: true }, 'Wrote 2,000 entries.'));
    },
    'files.ended': (task) => ended.get(task) ?? null,
    'files.unclosed': () => open,
    'files.dismissUnclosed': () => {
      open = null;
      return null;
    },
  };
}

type FakeTasks = {
  readonly [N in 'task.list' | 'task.cancel']: (...args: Parameters<Api[N]>) => Awaited<ReturnType<Api[N]>>;
};

const ASSUMED =
  'The words "received", "sent" are read as those of a CSMS\'s log: so say 602 of 602 requests whose action tells.';

function preview(station: string, version: '1.6' | '2.0.1' | '2.1' | null) {
  const text = '2026-11-20 10:05:01,203 INFO  received: [2,"17","Heartbeat",{}]';
  const sent = '2026-11-20 10:05:01,231 INFO  sent: [3,"17",{"currentTime":"2026-11-20T10:05:01Z"}]';
  const at = Date.UTC(2026, 10, 20, 10, 5, 1, 203);
  const span = (start: number, end: number, as: 'time' | 'direction' | 'frame') => ({ start, end, as });
  return {
    format: 'log' as const,
    title: 'a log with frames in it',
    bytes: 2_147_483_648,
    assumed: [
      ASSUMED,
      ...(version === null
        ? [
            `${station}: the version cannot be told from the messages, so only their structure is checked; choose one to have them checked.`,
          ]
        : []),
    ],
    lines: [
      { place: 'line 1', text: 'Starting Central System 4.2', spans: [], taken: null, problem: null },
      {
        place: 'line 2',
        text,
        spans: [span(0, 23, 'time'), span(30, 38, 'direction'), span(40, text.length, 'frame')],
        taken: { wall: at, station, version, direction: 'to-csms' as const },
        problem: null,
      },
      {
        place: 'line 3',
        text: sent,
        spans: [span(0, 23, 'time'), span(30, 34, 'direction'), span(36, sent.length, 'frame')],
        taken: { wall: at + 28, station, version, direction: 'to-station' as const },
        problem: null,
      },
      {
        place: 'line 4',
        text: '2026-11-20 10:05:02,011 DEBUG [2,"x","DataTransfer",{"vendorId":"acme"}]',
        spans: [span(0, 23, 'time'), span(30, 72, 'frame')],
        taken: null,
        problem: 'Nothing tells the direction of this frame.',
      },
    ],
  };
}
