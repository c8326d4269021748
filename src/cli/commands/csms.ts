import type { Command } from 'commander';
import { createCsms } from '../../engine/csms/csms.ts';
import { success } from '../../session/outcome.ts';
import { captureOption, type ListenAddress, listenOption, stationUrl } from '../arguments.ts';
import type { ExitCode } from '../exit-code.ts';
import { runLive } from '../live.ts';
import type { Terminal } from '../terminal.ts';

interface CsmsOptions {
  readonly listen: ListenAddress;
  readonly capture?: string;
}

/** Adds `csms`. */
export function addCsms(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program
    .command('csms')
    .summary('be a CSMS for stations of every version')
    .description(
      'Takes stations of OCPP 1.6, 2.0.1 and 2.1 on one port, answers everything that they send, and shows every message, checked.',
    )
    .addOption(listenOption())
    .addOption(captureOption())
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope csms\n  plugscope csms --listen 0 --capture bench.plugscope | jq -r .summary',
    )
    .action(async ({ listen, capture }: CsmsOptions) => {
      const code = await runLive(capture, terminal, async ({ network, clock, recorder }) => {
        const csms = await createCsms({ network, clock, recorder, ...listen, exact: true });
        if (!csms.ok) return csms;
        const sentence = `Stations connect to ${stationUrl(listen, csms.value.port)}<id>. Ctrl-C ends.`;
        return success({ sentence, stop: () => csms.value.close() });
      });
      exit(code);
    });
}
