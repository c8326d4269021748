import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { copySession } from '../../engine/capture/import/copy-session.ts';
import { importFile } from '../../engine/formats/import-file.ts';
import { makeTemporaryFolder } from '../../engine/temporary-folder.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import { counted } from '../../ocpp/words.ts';
import { type ImportReport, READER_NAMES, type ReaderName, type ReadOptions } from '../../session/files.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { isSession } from '../frame-source.ts';
import type { Terminal } from '../terminal.ts';
import { workControl } from '../work-control.ts';

interface ImportOptions {
  readonly output: string;
  readonly format?: ReaderName;
  readonly station?: string;
  readonly version?: OcppVersion;
  readonly toCsms?: readonly string[];
  readonly toStation?: readonly string[];
  readonly localTime?: boolean;
}

/** Adds `import FILE… -o OUT`. */
export function addImport(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const collect = (word: string, words: readonly string[] = []): readonly string[] => [...words, word];
  program
    .command('import')
    .summary('make a session of other files')
    .description(
      'Reads recorded traffic into a new session, where calls are paired and checked as if it had been live. Reads ' +
        'sessions, Open OCPP Trace, Plugscope NDJSON, HAR with WebSocket messages, pcap and pcapng of ws:// traffic, bare ' +
        'frames, and logs in which frames stand somewhere on their lines. Several files are put in the order of time.\n' +
        'What was assumed, and what could not be read, is said.',
    )
    .argument('<file...>', 'files to read')
    .requiredOption('-o, --output <file>', 'session file to make; one that is there is not written over')
    .addOption(
      new Option('--format <format>', 'what the files are; told from each where left out').choices(READER_NAMES),
    )
    .option('--station <id>', 'identity of the station, where the files do not say it')
    .addOption(new Option('--version <version>', 'OCPP version, where the files do not say it').choices(OCPP_VERSIONS))
    .option('--to-csms <word>', 'word on the lines of frames to the CSMS; may be repeated', collect)
    .option('--to-station <word>', 'word on the lines of frames to the station; may be repeated', collect)
    .option('--local-time', 'time stamps without a zone are of this machine; else they are UTC')
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope import field.pcapng -o field.plugscope\n' +
        '  plugscope import csms.log -o csms.plugscope --station CS-7 --to-csms "<<" --to-station ">>"',
    )
    .action(async (files: string[], options: ImportOptions) => exit(await importFiles(files, options, terminal)));
}

async function importFiles(files: readonly string[], options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) {
    const session = await isSession(only);
    if (session.ok && !session.value)
      return (await importOne(only, options.output, options, terminal)) ? EXIT.ok : EXIT.failed;
  }
  const folder = makeTemporaryFolder('import');
  try {
    const sources: string[] = [];
    for (const [index, file] of files.entries()) {
      const session = await isSession(file);
      const target = join(folder.path, `${index}.plugscope`);
      if (session.ok && session.value) sources.push(file);
      else if (await importOne(file, target, options, terminal)) sources.push(target);
      else return EXIT.failed;
    }
    const control = workControl(terminal, 'put in order', 'entries');
    const request = { sources, target: options.output, range: {}, byTime: true, mask: null };
    const copied = await copySession(request, { cancelled: () => control.signal.aborted, progress: control.progress });
    control.end();
    if (copied.ok) terminal.note(`Wrote ${counted(copied.value.entries, 'entry', 'entries')} to ${options.output}.`);
    else terminal.note(copied.error.sentence);
    return copied.ok ? EXIT.ok : EXIT.failed;
  } finally {
    await folder.remove();
  }
}

async function importOne(path: string, target: string, options: ImportOptions, terminal: Terminal): Promise<boolean> {
  const { format, station, version, toCsms = [], toStation = [], localTime } = options;
  const said: ReadOptions = { station, version, toCsms, toStation, zone: localTime ? 'local' : 'utc' };
  const control = workControl(terminal, `${path}: read`, 'bytes');
  const imported = await importFile({ path, target, format, options: said }, control);
  control.end();
  if (imported.ok) tell(path, imported.value, terminal);
  else terminal.note(imported.error.sentence);
  return imported.ok;
}

function tell(path: string, report: ImportReport, terminal: Terminal): void {
  const { title, frames, faults, firstFaults, assumed } = report;
  terminal.note(`${path}: read ${counted(frames, 'frame')} as ${title}.`);
  for (const sentence of assumed) terminal.note(`  ${sentence}`);
  if (faults === 0) return;
  terminal.note(`  ${counted(faults, 'part')} could not be read:`);
  for (const { place, sentence } of firstFaults) terminal.note(`  ${place}: ${sentence}`);
  if (faults > firstFaults.length) terminal.note(`  … and ${faults - firstFaults.length} more`);
}
