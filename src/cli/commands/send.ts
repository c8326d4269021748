import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { silentRecorder } from '../../engine/bench/silent-recorder.ts';
import { startRecording } from '../../engine/capture/recording.ts';
import { type Clock, systemClock } from '../../engine/clock.ts';
import { webSocketNetwork } from '../../engine/net/web-socket-network.ts';
import type { Recorder } from '../../engine/recorder.ts';
import { findAction, maySend } from '../../ocpp/actions.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import type { Headers } from '../../session/link.ts';
import type { Outcome } from '../../session/outcome.ts';
import { plain } from '../../session/words.ts';
import { captureOption, listenOption, webSocketUrl } from '../arguments.ts';
import { openCredentials } from '../command-credentials.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { payloadOf, payloadSource } from '../payload-argument.ts';
import { addBenchOptions, addEndOptions, endSecurity } from '../security-options.ts';
import { sendOne } from '../send-one.ts';
import type { SendOptions } from '../send-options.ts';
import { connectAsStation, type SendMeans, type SendPeer, waitAsCsms } from '../send-peer.ts';
import { stopSignal } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `send ACTION`. */
export function addSend(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('send')
    .summary('send one message as a station or as a CSMS, and print the answer')
    .description(
      'Connects to a CSMS as a station, or waits for a station as a CSMS, sends one message, and prints its answer as ' +
        'one line of JSON. {{now}}, {{now+1h}} and {{uuid}} in the payload are replaced. It ends with 0 for a CALLRESULT, ' +
        'with 1 for a CALLERROR or no answer, with 2 where there was no connection.',
    )
    .argument('<action>', 'the action, such as Heartbeat')
    .argument('[payload]', 'its payload: JSON, @file, or - for the standard input; {} without it')
    .addOption(new Option('--as <side>', 'who sends').choices(['station', 'csms']).makeOptionMandatory())
    .addOption(
      new Option('--to <url>', "the CSMS, for --as station; the station's identity is appended").argParser(
        webSocketUrl,
      ),
    )
    .addOption(listenOption())
    .option('--station <id>', 'the identity to take, or the station to wait for')
    .addOption(new Option('--version <version>', 'OCPP version to speak').choices(OCPP_VERSIONS))
    .addOption(
      new Option('--header <"name: value">', 'sent with the upgrade request; can be given several times')
        .argParser(header)
        .default([], 'none'),
    )
    .option('--boot', 'boot first; as a CSMS, wait until the station has booted')
    .addOption(new Option('--wait <seconds>', 'how long to wait for the station').argParser(seconds).default(60))
    .addOption(new Option('--timeout <seconds>', 'how long to wait for the answer').argParser(seconds).default(30))
    .option('--message-id <id>', 'the message id; a UUID without it')
    .addOption(new Option('--template <fill>', 'make the payload from the schema').choices(['required', 'everything']))
    .option('--literal', 'send the payload as it stands, with its braces')
    .addOption(captureOption())
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope send Heartbeat --as station --to ws://localhost:9220\n' +
        '  plugscope send BootNotification --template required --as station --to ws://localhost:9220 --version 1.6\n' +
        '  plugscope send Reset \'{"type":"Immediate"}\' --as csms --listen 9220 --station CS-7 --boot\n' +
        '  plugscope send Reset \'{"type":"Immediate"}\' --as csms --security-profile 3',
    )
    .action(async (action: string, payload: string | undefined, options: SendOptions) => {
      exit(await send(action, payload, options, terminal));
    });
  addBenchOptions(addEndOptions(command));
}

async function send(
  action: string,
  source: string | undefined,
  options: SendOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const wrong = usageFault(source, options);
  if (wrong !== undefined) return failed(terminal, wrong);
  const document = await payloadSource(source);
  if (!document.ok) return failed(terminal, document.error.sentence);
  const clock = systemClock();
  const { data, limit: limits } = options;
  const { credentials, close } = openCredentials({ clock, data });
  try {
    const end = await endSecurity(options, credentials);
    if (!end.ok) return failed(terminal, end.error.sentence);
    return await recordedly(action, document.value, options, { ...end.value, credentials, limits }, clock, terminal);
  } finally {
    await close();
  }
}

async function recordedly(
  action: string,
  document: string | undefined,
  options: SendOptions,
  leg: Pick<SendMeans, 'security' | 'asked' | 'credentials' | 'limits'>,
  clock: Clock,
  terminal: Terminal,
): Promise<ExitCode> {
  const recording = await recorderOf(options.capture, clock);
  if (!recording.ok) return failed(terminal, `${options.capture}: ${recording.error.sentence}`);
  const { recorder, close } = recording.value;
  const asked = stopSignal();
  const stop = AbortSignal.any([asked.signal, terminal.closed]);
  const validator = createValidator();
  const means: SendMeans = { network: webSocketNetwork(clock), recorder, clock, validator, stop, ...leg };
  try {
    const peer = await (options.as === 'station'
      ? connectAsStation(options, means)
      : waitAsCsms(options, means, (sentence) => terminal.note(sentence)));
    if (!peer.ok) return failed(terminal, peer.error.sentence);
    try {
      return await exchange(action, document, options, peer.value, means, terminal);
    } finally {
      await peer.value.close();
    }
  } finally {
    await close();
    asked.release();
  }
}

async function exchange(
  action: string,
  document: string | undefined,
  options: SendOptions,
  peer: SendPeer,
  { clock, validator, stop }: SendMeans,
  terminal: Terminal,
): Promise<ExitCode> {
  const { version } = peer;
  const known = findAction(version, action);
  if (known === undefined) return failed(terminal, `OCPP ${version} has no action ${plain(action, 100)}.`);
  const now = clock.now().wall;
  const argument = { template: options.template, literal: options.literal === true };
  const payload = payloadOf(document, argument, { action, version, now, newId: randomUUID });
  if (!payload.ok) return failed(terminal, payload.error.sentence);
  if (!maySend(known, options.as === 'station' ? 'to-csms' : 'to-station')) {
    terminal.note(`${action} is not for this side to send; it is sent all the same.`);
  }
  for (const { sentence } of validator.validate(version, action, 'request', payload.value)) {
    terminal.note(`It breaks its schema, and is sent all the same: ${plain(sentence, 300)}`);
  }
  const message = { action, payload: payload.value, messageId: options.messageId ?? randomUUID() };
  const stopped = new Promise<null>((resolve) => {
    if (stop.aborted) resolve(null);
    stop.addEventListener('abort', () => resolve(null), { once: true });
  });
  const result = await Promise.race([sendOne(peer, message, validator, () => clock.now().mono), stopped]);
  if (result === null) {
    terminal.note('Interrupted before there was an answer.');
    return EXIT.invalid;
  }
  await terminal.write(`${JSON.stringify(result.line)}\n`);
  return result.code;
}

/** What does not go together. */
function usageFault(source: string | undefined, { as, to, template }: SendOptions): string | undefined {
  if (as === 'station' && to === undefined) return 'As a station it needs --to, the URL of the CSMS.';
  if (as === 'csms' && to !== undefined) return 'As a CSMS it listens (--listen); --to is for --as station.';
  if (source !== undefined && template !== undefined) return 'There is either a payload or a --template of one.';
  return undefined;
}

async function recorderOf(
  capture: string | undefined,
  clock: Clock,
): Promise<Outcome<{ readonly recorder: Recorder; close(): Promise<void> }>> {
  if (capture === undefined) {
    return { ok: true, value: { recorder: silentRecorder(), close: () => Promise.resolve() } };
  }
  const recording = await startRecording({ path: capture, clock, onFull: 'stop' });
  if (!recording.ok) return recording;
  return { ok: true, value: { recorder: recording.value, close: () => recording.value.close() } };
}

function failed(terminal: Terminal, sentence: string): ExitCode {
  terminal.note(sentence);
  return EXIT.failed;
}

function header(text: string, before: Headers): Headers {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It must be "name: value".');
  return [...before, [name, value]];
}

function seconds(text: string): number {
  const number = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || number <= 0 || number > 86_400) {
    throw new InvalidArgumentError('It must be a number of seconds above 0, at most a day.');
  }
  return number;
}
