import { type Command, Option } from 'commander';
import { contentOfBytes } from '../../engine/capture/frame-bytes.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import { createConversation } from '../../session/conversation.ts';
import type { ConversationFold, Observation } from '../../session/observation.ts';
import { plain } from '../../session/words.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { type FrameSource, openFrames } from '../frame-source.ts';
import { progressOf } from '../progress.ts';
import { Tallies } from '../tally.ts';
import type { Terminal } from '../terminal.ts';
import { summaryLines } from '../validation-summary.ts';

interface ValidateOptions {
  readonly json?: boolean;
  readonly version?: OcppVersion;
}

/** Violations and unreadable lines that are listed one by one. */
const LISTED_MAX = 100;

/** Adds `validate FILE…`. */
export function addValidate(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program
    .command('validate')
    .summary('check recorded messages against the official schemas')
    .description(
      'Checks every message of recorded files against the official JSON schemas of its version; an answer is checked ' +
        'against the response schema of its CALL. Reads sessions and all that can be imported.\n' +
        'Ends with 1 where messages break their schema, and with 2 where a file cannot be read or has no messages, ' +
        'or where the version of a message is not known.',
    )
    .argument('<file...>', 'files to check')
    .option('--json', 'print one object: {frames, invalid, unchecked, byVersion, byAction}')
    .addOption(new Option('--version <version>', 'OCPP version, where the files do not say it').choices(OCPP_VERSIONS))
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope validate bench.plugscope\n  plugscope validate --json field/*.ndjson | jq .byAction',
    )
    .action(async (files: string[], options: ValidateOptions) => exit(await validate(files, options, terminal)));
}

async function validate(files: readonly string[], options: ValidateOptions, terminal: Terminal): Promise<ExitCode> {
  const validation = new Validation(terminal, options);
  let failed = false;
  for (const file of files) {
    const source = await openFrames(file, {
      onProgress: (bytes, total) => terminal.progress(readIn(file, bytes, total)),
    });
    if (source.ok) {
      failed = !(await validation.take(file, source.value)) || failed;
    } else {
      terminal.note(source.error.sentence);
      failed = true;
    }
    if (terminal.closed.aborted) break;
  }
  const { tallies } = validation;
  if (options.json) await terminal.write(`${JSON.stringify(tallies.report())}\n`);
  else if (tallies.frames > 0) await terminal.write(summaryLines(tallies, terminal));
  if (failed) return EXIT.failed;
  if (tallies.invalid > 0 || tallies.malformed > 0) return EXIT.invalid;
  if (tallies.unchecked === 0) return validation.unreadable > 0 ? EXIT.failed : EXIT.ok;
  terminal.note('--version says the version of messages whose file does not.');
  return EXIT.failed;
}

/** Checks files one after the other, and says what is wrong with their messages. */
class Validation {
  readonly tallies = new Tallies();
  /** Parts of files that could not be read. */
  unreadable = 0;
  readonly #terminal: Terminal;
  readonly #lists: boolean;
  /** Of frames whose file does not say it. */
  readonly #version: OcppVersion | null;
  readonly #validator = createValidator();
  #listed = 0;

  constructor(terminal: Terminal, { json, version }: ValidateOptions) {
    this.#terminal = terminal;
    this.#lists = json !== true;
    this.#version = version ?? null;
  }

  /** Checks one file; whether there was anything in it to be checked. */
  async take(file: string, source: FrameSource): Promise<boolean> {
    const conversations = new Map<string, ConversationFold>();
    const progress = progressOf(this.#terminal, `${file}: checked`, 'frames');
    let entry = 0;
    let unreadable = 0;
    for await (const { place, frame } of source) {
      if (this.#terminal.closed.aborted) break;
      progress.step();
      if (!frame.ok) {
        unreadable += 1;
        if (unreadable <= LISTED_MAX) this.#terminal.note(`${file}, ${place}: ${frame.error.sentence}`);
        continue;
      }
      const { wall, station, direction, data, binary } = frame.value;
      const version = frame.value.version ?? this.#version;
      const fold = conversations.get(station) ?? this.#converse(station);
      conversations.set(station, fold);
      fold.version = version ?? undefined;
      entry += 1;
      const content = contentOfBytes(data, binary);
      const observation = fold.observe({ entry, direction, mono: wall, size: data.byteLength, content });
      this.tallies.add(version, observation);
      if (this.#lists) await this.#list(`${file}, ${place}`, station, observation);
    }
    progress.end();
    this.unreadable += unreadable;
    if (entry === 0 && unreadable === 0)
      this.#terminal.note(`${file} has no messages, so there is nothing to validate.`);
    return entry > 0;
  }

  #converse(station: string): ConversationFold {
    return createConversation({ version: undefined, station, validator: this.#validator });
  }

  async #list(place: string, station: string, observation: Observation): Promise<void> {
    const { type, action, findings } = observation;
    for (const { rule, sentence } of findings) {
      if (!rule.startsWith('schema.') && !(type === 'malformed' && rule.startsWith('frame.'))) continue;
      this.#listed += 1;
      if (this.#listed === LISTED_MAX + 1) await this.#terminal.write('… and more, which are counted below\n');
      if (this.#listed > LISTED_MAX) return;
      const what = [station, action ?? '', type]
        .filter((part) => part !== '')
        .map((part) => plain(part, 40))
        .join(' ');
      const { paint } = this.#terminal;
      await this.#terminal.write(`${paint('dim', `${place}:`)} ${what}: ${paint('red', plain(sentence, 300))}\n`);
    }
  }
}

function readIn(file: string, bytes: number, total: number): string {
  return `${file}: reading in what was not indexed yet, ${Math.round((100 * bytes) / Math.max(total, 1))} %`;
}
