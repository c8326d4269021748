import type { Command } from 'commander';
import { createCsms } from '../../engine/csms/csms.ts';
import { success } from '../../session/outcome.ts';
import { captureOption, type ListenAddress, listenOption, stationUrl } from '../arguments.ts';
import { withCredentials } from '../command-credentials.ts';
import type { ExitCode } from '../exit-code.ts';
import { runLive } from '../live.ts';
import {
  addBenchOptions,
  addListenerOptions,
  addVersionsOption,
  asksForTls,
  type ListenerFlags,
  listenerSecurity,
} from '../security-options.ts';
import type { Terminal } from '../terminal.ts';

interface CsmsOptions extends ListenerFlags {
  readonly listen: ListenAddress;
  readonly capture?: string;
}

/** Adds `csms`. */
export function addCsms(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('csms')
    .summary('be a CSMS for stations of every version')
    .description(
      'Takes stations of OCPP 1.6, 2.0.1 and 2.1 on one port, answers everything that they send, and shows every message, checked.',
    )
    .addOption(listenOption())
    .addOption(captureOption())
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope csms\n  plugscope csms --listen 0 --capture bench.plugscope | jq -r .summary\n' +
        '  plugscope csms --security-profile 2 --password-file secret.txt --versions 2.0.1,2.1\n' +
        '  plugscope csms --security-profile 3 --certificate csms.pem --key csms.key --ca stations.pem',
    )
    .action(async (flags: CsmsOptions) => {
      const { listen, capture, limit: limits, data } = flags;
      const code = await runLive(capture, terminal, (means) =>
        withCredentials({ clock: means.clock, data }, async (credentials, listens) => {
          const security = await listenerSecurity(flags, credentials);
          if (!security.ok) return security;
          const secured = { credentials, limits, security: security.value };
          const csms = await createCsms({ ...means, ...secured, ...listen, exact: true });
          if (!csms.ok) return csms;
          const { port } = csms.value;
          listens(port);
          const sentence = `Stations connect to ${stationUrl(listen, port, asksForTls(flags))}<id>. Ctrl-C ends.`;
          return success({ sentence, stop: () => csms.value.close() });
        }),
      );
      exit(code);
    });
  addBenchOptions(addVersionsOption(addListenerOptions(command)));
}
