import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { startRecording } from '../../engine/capture/recording.ts';
import { type Clock, systemClock } from '../../engine/clock.ts';
import { webSocketNetwork } from '../../engine/net/web-socket-network.ts';
import type { Recorder } from '../../engine/recorder.ts';
import { csmsTarget } from '../../engine/replay/csms-target.ts';
import type { ReplayTarget } from '../../engine/replay/replay-peer.ts';
import { createReplayRun, type ReplayRun, type RunStep } from '../../engine/replay/replay-run.ts';
import type { ReplayPace } from '../../engine/replay/replay-track.ts';
import { type StationTargetOptions, stationTarget } from '../../engine/replay/station-target.ts';
import { makeTemporaryFolder } from '../../engine/temporary-folder.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { planReplay, type ReplaySide, type ReplayTrack } from '../../session/replay/replay-plan.ts';
import { plain } from '../../session/words.ts';
import { type ListenAddress, listenAddress, stationUrl, webSocketUrl } from '../arguments.ts';
import { openCredentials } from '../command-credentials.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { readRecorded } from '../recorded-file.ts';
import {
  addBenchOptions,
  addEndOptions,
  asksForTls,
  type ClientFlags,
  type EndSecurity,
  endSecurity,
  type ListenerFlags,
} from '../security-options.ts';
import { stopSignal } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';

interface ReplayCommandOptions extends ClientFlags, ListenerFlags {
  readonly as: ReplaySide;
  readonly to?: string;
  readonly listen: ListenAddress;
  readonly wait: number;
  readonly station?: string;
  readonly speed?: number;
  readonly fast?: boolean;
  readonly originalIds?: boolean;
  readonly keepTimes?: boolean;
  readonly keepTransactions?: boolean;
  readonly compare?: boolean;
  readonly capture?: string;
  readonly json?: boolean;
}

/** The security of the side that is played, and the limits of peers on the other. */
type ReplayLeg = EndSecurity & Pick<StationTargetOptions, 'credentials' | 'limits'>;

/** Adds `replay FILE`. */
export function addReplay(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('replay')
    .summary('play a recording to a live station or CSMS, and compare the answers')
    .description(
      'Plays what the stations, or the CSMS, of a recording said to a live peer, and sets each answer beside the ' +
        'recorded one: ids that are handed out anew, and times, do not count. Times are moved to now, and transaction ' +
        'ids become those of now. CALLs of the live peer are answered as they were in the recording.\n' +
        'With --compare it ends with 1 where answers differ; with 2 where something could not be played, or it was stopped.',
    )
    .argument('<file>', 'a session, or any file that can be imported')
    .addOption(new Option('--as <side>', 'whose part is played').choices(['station', 'csms']).makeOptionMandatory())
    .addOption(new Option('--to <url>', 'the CSMS, for --as station').argParser(webSocketUrl))
    .addOption(
      new Option('--listen <[host:]port>', 'where stations connect, for --as csms')
        .argParser(listenAddress)
        .default({ port: 9220 }, '9220'),
    )
    .addOption(
      new Option('--wait <seconds>', 'how long a station is waited for, for --as csms').argParser(positive).default(60),
    )
    .option('--station <id>', 'only this station of the recording; with --as csms it is played to whichever comes')
    .addOption(
      new Option('--speed <factor>', 'the pauses of the recording, that many times shorter').argParser(positive),
    )
    .addOption(new Option('--fast', 'each message as soon as the one before is answered').conflicts('speed'))
    .option('--original-ids', 'send the recorded message ids')
    .option('--keep-times', 'leave times in payloads as they were recorded')
    .option('--keep-transactions', 'leave transaction ids as they were recorded')
    .option('--compare', 'end with 1 where answers differ from the recorded ones')
    .option('--capture <file>', 'session file to record the replay into')
    .option('--json', 'print one object: {summary, steps}')
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope replay field.plugscope --as station --to ws://localhost:9220/ --fast --compare\n' +
        '  plugscope replay field.plugscope --as csms --listen 9000 --station CS-7\n' +
        '  plugscope replay field.plugscope --as csms --security-profile 2 --password-file secret.txt',
    )
    .action(async (file: string, options: ReplayCommandOptions) => exit(await replay(file, options, terminal)));
  addBenchOptions(addEndOptions(command));
}

async function replay(file: string, options: ReplayCommandOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.as === 'station' && options.to === undefined) return failed(terminal, '--as station needs --to URL.');
  if (options.as === 'csms' && options.to !== undefined) {
    return failed(terminal, 'As a CSMS it listens (--listen); --to is for --as station.');
  }
  const recorded = await readRecorded(file, (message) => !options.station || message.station === options.station);
  if (!recorded.ok) return failed(terminal, recorded.error.sentence);
  for (const note of recorded.value.notes) terminal.note(note);
  const tracks = planReplay(recorded.value.messages, options.as).filter(({ steps }) => steps.length > 0);
  if (tracks.length === 0)
    return failed(
      terminal,
      `${file} has nothing that could be replayed as the ${options.as === 'csms' ? 'CSMS' : 'station'}.`,
    );
  const clock = systemClock();
  const { data, limit: limits } = options;
  const { credentials, close } = openCredentials({ clock, data });
  try {
    const leg = await endSecurity(options, credentials);
    if (!leg.ok) return failed(terminal, leg.error.sentence);
    return await recordedly(tracks, { ...leg.value, credentials, limits }, clock, options, terminal);
  } finally {
    await close();
  }
}

async function recordedly(
  tracks: readonly ReplayTrack[],
  leg: ReplayLeg,
  clock: Clock,
  options: ReplayCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const folder = options.capture === undefined ? makeTemporaryFolder('replay') : undefined;
  const path = options.capture ?? join(folder?.path ?? '', 'replay.plugscope');
  try {
    const recording = await startRecording({ path, clock, onFull: 'stop' });
    if (!recording.ok) return failed(terminal, `${path}: ${recording.error.sentence}`);
    try {
      return await play(tracks, recording.value, leg, clock, options, terminal);
    } finally {
      await recording.value.close();
    }
  } finally {
    await folder?.remove();
  }
}

async function play(
  tracks: readonly ReplayTrack[],
  recorder: Recorder,
  leg: ReplayLeg,
  clock: Clock,
  options: ReplayCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const target = await targetOf(tracks, recorder, leg, clock, options, terminal);
  if (!target.ok) return failed(terminal, target.error.sentence);
  let printing = Promise.resolve();
  const run: ReplayRun = createReplayRun({
    tracks,
    clock,
    newId: randomUUID,
    onChange() {},
    onResult(step) {
      if (!options.json) printing = printing.then(() => terminal.write(stepLine(step, terminal)));
    },
  });
  const asked = stopSignal();
  const stop = AbortSignal.any([asked.signal, terminal.closed]);
  stop.addEventListener('abort', () => run.stop());
  if (stop.aborted) run.stop();
  const summary = await run.play(target.value.target, {
    pace: paceOf(options),
    messageIds: options.originalIds ? 'original' : 'fresh',
    shiftTimes: !options.keepTimes,
    mapTransactions: !options.keepTransactions,
    ignore: { ids: true, times: true },
  });
  // Before the target ends: what is asked from here on changes nothing of what was played.
  const broken = stop.aborted;
  await target.value.end();
  await printing;
  asked.release();
  for (const trouble of summary.troubles) terminal.note(trouble);
  if (options.json)
    await terminal.write(`${JSON.stringify({ summary, steps: run.steps(0, summary.steps).map(stepJson) })}\n`);
  else await terminal.write(`${summaryLine(summary)}\n`);
  if (broken && !terminal.closed.aborted) terminal.note('The replay was stopped before its end.');
  if (broken || summary.troubles.length > 0 || summary.failed > 0) return EXIT.failed;
  return options.compare && summary.different > 0 ? EXIT.invalid : EXIT.ok;
}

async function targetOf(
  tracks: readonly ReplayTrack[],
  recorder: Recorder,
  { security, asked, credentials, limits }: ReplayLeg,
  clock: Clock,
  options: ReplayCommandOptions,
  terminal: Terminal,
): Promise<Outcome<{ readonly target: ReplayTarget; end(): Promise<void> }>> {
  const network = webSocketNetwork(clock);
  const means = { network, recorder, clock, limits, validator: createValidator(), newId: randomUUID };
  if (options.as === 'station') {
    const versions = new Map(tracks.map(({ station, version }) => [station, version]));
    const unknown = tracks.find(({ version }) => version === null);
    if (unknown) return failure('replay-no-version', `The OCPP version of ${plain(unknown.station, 60)} is not known.`);
    const versionOf = (station: string) => versions.get(station) ?? '2.0.1';
    return success({
      target: stationTarget({ ...means, credentials, url: options.to ?? '', versionOf, securityOf: () => security }),
      end: () => Promise.resolve(),
    });
  }
  const target = await csmsTarget({
    ...means,
    ...options.listen,
    exact: true,
    credentials,
    security: asked,
    anyStation: tracks.length === 1,
    waitMs: options.wait * 1000,
  });
  if (!target.ok) return target;
  const who = tracks.length === 1 ? 'a station' : `${tracks.length} stations`;
  const url = stationUrl(options.listen, target.value.port, asksForTls(options));
  terminal.note(`Waits for ${who} at ${url}<id>.`);
  return success({ target: target.value, end: () => target.value.close() });
}

function paceOf({ speed, fast }: ReplayCommandOptions): ReplayPace {
  return fast ? { kind: 'as-answered' } : { kind: 'original', speed: speed ?? 1 };
}

const VERDICTS = {
  same: 'same',
  different: 'DIFFERENT',
  unanswered: 'NO ANSWER',
  'not-recorded': 'not compared',
  sent: 'sent',
  came: 'came',
  'did-not-come': 'did not come',
  failed: 'FAILED',
} as const;

function stepLine({ station, step, result }: RunStep, terminal: Terminal): string {
  if (result === null || result === 'running') return '';
  const { verdict, latency } = result;
  const bad = verdict.kind === 'different' || verdict.kind === 'unanswered' || verdict.kind === 'failed';
  const what = 'action' in step ? step.action : step.kind === 'raw' ? 'bytes' : 'connection';
  const sentence = 'sentence' in verdict ? `  ${plain(verdict.sentence, 300)}` : '';
  const time = latency === undefined ? '' : ` ${Math.round(latency)} ms`;
  const word = terminal.paint(bad ? 'red' : verdict.kind === 'same' ? 'green' : 'dim', VERDICTS[verdict.kind]);
  return `${plain(station, 24)}  #${step.entry} ${plain(what, 40)}  ${word}${time}${sentence}\n`;
}

function stepJson({ index, station, step, result }: RunStep): unknown {
  const done = result === null || result === 'running' ? null : result;
  const action = 'action' in step ? step.action : null;
  return { index, station, entry: step.entry, kind: step.kind, action, ...done };
}

function summaryLine(summary: ReplayRun['summary']): string {
  const parts = [
    `${summary.same} the same`,
    `${summary.different} different`,
    ...(summary.didNotCome > 0 ? [`${summary.didNotCome} did not come`] : []),
    ...(summary.unexpected > 0 ? [`${summary.unexpected} not in the recording`] : []),
    ...(summary.failed > 0 ? [`${summary.failed} failed`] : []),
  ];
  return `${summary.done} of ${summary.steps} steps: ${parts.join(', ')}.`;
}

function failed(terminal: Terminal, sentence: string): ExitCode {
  terminal.note(sentence);
  return EXIT.failed;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}
