import { type Command, Option } from 'commander';
import { withoutPassword } from '../../engine/net/connection-url.ts';
import { createStation, type StationState } from '../../engine/station/station.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import type { Limits } from '../../session/leg-policy.ts';
import { success } from '../../session/outcome.ts';
import { captureOption, webSocketUrl } from '../arguments.ts';
import { withCredentials } from '../command-credentials.ts';
import type { ExitCode } from '../exit-code.ts';
import { runLive } from '../live.ts';
import { addBenchOptions, addClientOptions, type ClientFlags, clientSecurity } from '../security-options.ts';
import type { Terminal } from '../terminal.ts';

interface StationOptions extends ClientFlags {
  readonly url: string;
  readonly version: OcppVersion;
  readonly id: string;
  readonly capture?: string;
  readonly limit?: Partial<Limits>;
  readonly data?: string;
}

/** Adds `station`. */
export function addStation(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('station')
    .summary('be a charging station at a CSMS')
    .description(
      'Connects to a CSMS as a charging station: boots, sends heartbeats, runs charging sessions with meter values, ' +
        'answers everything, and shows every message, checked. A lost connection is made again.',
    )
    .requiredOption('--url <url>', "the CSMS (ws:// or wss://); the station's identity is appended", webSocketUrl)
    .addOption(
      new Option('--version <version>', 'OCPP version to speak').choices(OCPP_VERSIONS).default(OCPP_VERSIONS.at(-1)),
    )
    .option('--id <identity>', 'identity of the station', 'plugscope-1')
    .addOption(captureOption())
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope station --url ws://localhost:9220 --version 1.6 --id CP-7\n' +
        '  plugscope station --url wss://csms.example/ocpp --capture csms.plugscope\n' +
        '  plugscope station --url wss://csms.example/ocpp --security-profile 2 --password-file secret.txt\n' +
        '  plugscope station --url wss://csms.example/ocpp --security-profile 3 --certificate cs.pem --key cs.key',
    )
    .action(async (flags: StationOptions) => {
      const { url, version, id, capture, limit: limits, data } = flags;
      const code = await runLive(capture, terminal, (means) =>
        withCredentials({ clock: means.clock, data }, async (credentials) => {
          const security = await clientSecurity(flags, url, credentials);
          if (!security.ok) return security;
          const secured = { security: security.value, credentials, limits };
          const station = createStation({ ...means, ...secured, random: Math.random, url, version, id });
          station.onChange(problemNotes(terminal));
          station.start();
          const sentence = `Station ${id} connects to ${withoutPassword(url)} with OCPP ${version}. Ctrl-C ends.`;
          return success({ sentence, stop: () => station.stop() });
        }),
      );
      exit(code);
    });
  addBenchOptions(addClientOptions(command));
}

/** Tells each new problem once. */
function problemNotes(terminal: Terminal): (state: StationState) => void {
  let told: string | undefined;
  return ({ problem }) => {
    if (problem !== null && problem.sentence !== told) terminal.note(problem.sentence);
    told = problem?.sentence;
  };
}
