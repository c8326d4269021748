import { createWriteStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { openSession, type SessionReader } from '../../engine/capture/session-reader.ts';
import { FORMAT_NAMES, FORMATS, type FormatName, writeEntries } from '../../engine/formats/formats.ts';
import { sessionEntries } from '../../engine/formats/session-entries.ts';
import { failure, type Outcome } from '../../session/outcome.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { isSession, reasonOf } from '../frame-source.ts';
import { progressOf } from '../progress.ts';
import { createTerminal, type Terminal } from '../terminal.ts';

interface ExportOptions {
  readonly format: FormatName;
  readonly output?: string;
}

/** Adds `export FILE`. */
export function addExport(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program
    .command('export')
    .summary('write a session as text, one line an entry')
    .description(
      'Writes the entries of a session as lines. "trace" is Open OCPP Trace 1.1, which holds the text frames of a known\n' +
        'version; "ndjson" holds everything, with findings and the events of connections.',
    )
    .argument('<file>', 'session file')
    .addOption(new Option('--format <format>', 'format of the lines').choices(FORMAT_NAMES).default('ndjson'))
    .option('--output <file>', 'file to write, which is replaced; standard output where it is left out')
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope export bench.plugscope --format trace --output bench.ndjson\n' +
        "  plugscope export bench.plugscope | jq -c 'select(.findings != [])'",
    )
    .action(async (file: string, options: ExportOptions) => exit(await exportSession(file, options, terminal)));
}

async function exportSession(file: string, { format, output }: ExportOptions, terminal: Terminal): Promise<ExitCode> {
  const reader = await openReader(file, terminal);
  if (!reader.ok) {
    terminal.note(reader.error.sentence);
    return EXIT.failed;
  }
  try {
    if (output !== undefined && (await isSameFile(file, output))) {
      terminal.note(`${output} is the session itself; it is not written over.`);
      return EXIT.failed;
    }
    const { incomplete } = reader.value;
    if (incomplete !== undefined) terminal.note(`The session is not complete: ${incomplete.sentence}`);
    await write(file, reader.value, format, output, terminal);
    return EXIT.ok;
  } catch (error) {
    terminal.note(`${file} could not be exported: ${reasonOf(error)}.`);
    return EXIT.failed;
  } finally {
    await reader.value.close();
  }
}

async function openReader(file: string, terminal: Terminal): Promise<Outcome<SessionReader>> {
  const session = await isSession(file);
  if (!session.ok) return session;
  if (!session.value) return failure('not-a-session', `${file} is no Plugscope session.`);
  return openSession(file, {
    onProgress: (bytes, total) => terminal.progress(`${file}: reading in ${bytes} of ${total} bytes`),
  });
}

async function write(
  file: string,
  reader: SessionReader,
  format: FormatName,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const stream = output === undefined ? undefined : createWriteStream(output);
  const target = stream === undefined ? terminal : createTerminal(stream, process.stderr);
  const progress = progressOf(terminal, `${file}: wrote`, 'lines');
  let leftOut = 0;
  const lines = writeEntries(format, sessionEntries(reader), ({ row }) => {
    if (row.kind === 'frame') leftOut += 1;
  });
  for await (const line of lines) {
    if (target.closed.aborted) break;
    progress.step();
    await target.write(line);
  }
  if (stream !== undefined) {
    stream.end();
    await finished(stream);
    terminal.note(`Wrote ${progress.count.toLocaleString('en')} lines of ${FORMATS[format].title} to ${output}.`);
  }
  if (leftOut > 0) {
    const frames = leftOut === 1 ? '1 frame has' : `${leftOut} frames have`;
    terminal.note(`${frames} no place in ${FORMATS[format].title}: not text, or of no known version.`);
  }
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  try {
    return (await realpath(a)) === (await realpath(b));
  } catch {
    // One of them is not there yet.
    return false;
  }
}
