import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { SESSION_EXTENSION } from '../../engine/capture/format.ts';
import { openSession, type SessionReader } from '../../engine/capture/session-reader.ts';
import { systemClock } from '../../engine/clock.ts';
import { type ExportReport, type ExportRequest, exportSession, intoFile } from '../../engine/formats/export-session.ts';
import { counted } from '../../ocpp/words.ts';
import { WRITER_NAMES, type WriterName } from '../../session/files.ts';

import { failure, type Outcome } from '../../session/outcome.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { filterFaults, filterOption } from '../filter-option.ts';
import { isSession } from '../frame-source.ts';
import { addSecretsOptions, maskOf, type SecretsOptions } from '../secrets-options.ts';
import type { Terminal } from '../terminal.ts';
import { workControl } from '../work-control.ts';

interface ExportOptions extends SecretsOptions {
  readonly format: WriterName;
  readonly output?: string;
  readonly filter?: string;
}

/** Adds `export FILE`. */
export function addExport(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('export')
    .summary('write a session in another format')
    .description(
      'Writes the entries of a session. "ndjson" holds everything, with findings and the events of connections; "trace" ' +
        'is Open OCPP Trace 1.1, which holds the text frames of a known version; "csv" is for spreadsheets; "har" and ' +
        '"pcapng" are read by browsers and Wireshark; "html" is a report for people.\n' +
        'Passwords and keys are masked unless --keep-secrets is given.',
    )
    .argument('<file>', 'session file')
    .addOption(new Option('--format <format>', 'format of the file').choices(WRITER_NAMES).default('ndjson'))
    .option('-o, --output <file>', 'file to write, which is replaced; standard output where it is left out')
    .addOption(filterOption());
  addSecretsOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope export bench.plugscope --format trace --output bench.ndjson\n' +
        "  plugscope export bench.plugscope --filter 'latency > 500ms or finding.severity == error'\n" +
        "  plugscope export bench.plugscope | jq -c 'select(.findings != [])'",
    )
    .action(async (file: string, options: ExportOptions) => exit(await exportFile(file, options, terminal)));
}

async function exportFile(file: string, options: ExportOptions, terminal: Terminal): Promise<ExitCode> {
  const { output } = options;
  const faults = filterFaults(options.filter ?? '');
  if (faults.length > 0) {
    for (const line of faults) terminal.note(line);
    return EXIT.failed;
  }
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
    return await write(file, reader.value, options, terminal);
  } finally {
    await reader.value.close();
  }
}

async function openReader(file: string, terminal: Terminal): Promise<Outcome<SessionReader>> {
  const session = await isSession(file);
  if (!session.ok) return session;
  if (!session.value)
    return failure('not-a-session', `${file} is no Plugscope session; "plugscope import" makes one of it.`);
  return openSession(file, {
    onProgress: (bytes, total) => terminal.progress(`${file}: reading in ${bytes} of ${total} bytes`),
  });
}

async function write(
  file: string,
  reader: SessionReader,
  options: ExportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { format, output } = options;
  const request: ExportRequest = {
    format,
    name: basename(file, SESSION_EXTENSION),
    filter: options.filter ?? '',
    mask: maskOf(options),
    now: systemClock().now().wall,
  };
  const control = workControl(terminal, `${file}: wrote`, 'entries');
  const written =
    output === undefined
      ? await exportSession(reader, request, (piece) => terminal.write(piece), control)
      : await intoFile(output, (sink) => exportSession(reader, request, sink, control), 'replace');
  control.end();
  if (!written.ok) {
    if (!terminal.closed.aborted) terminal.note(written.error.sentence);
    return EXIT.failed;
  }
  tell(written.value, output, terminal);
  return EXIT.ok;
}

function tell({ title, entries, leftOut, masked }: ExportReport, output: string | undefined, terminal: Terminal): void {
  if (output !== undefined) {
    terminal.note(`Wrote ${counted(entries, 'entry', 'entries')} to ${output} as ${title}.`);
  }
  if (leftOut > 0) {
    const frames = leftOut === 1 ? '1 frame has' : `${leftOut} frames have`;
    terminal.note(`${frames} no place in ${title}: not text, or of no known version.`);
  }
  if (masked > 0) {
    const frames = masked === 1 ? '1 frame' : `${masked} frames`;
    terminal.note(`Secrets were masked in ${frames}, which are not as on the wire (--keep-secrets keeps them).`);
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
