import { type Command, Option } from 'commander';
import { withoutPassword } from '../../engine/net/connection-url.ts';
import { createProxy } from '../../engine/proxy/proxy.ts';
import { createRuleEngine } from '../../engine/rules/rule-engine.ts';
import { success } from '../../session/outcome.ts';
import { captureOption, type ListenAddress, listenOption, stationUrl, webSocketUrl } from '../arguments.ts';
import { withCredentials } from '../command-credentials.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { runLive } from '../live.ts';
import { hitLines, readRules, rulesOption, seedOption } from '../rules-option.ts';
import {
  addBenchOptions,
  addClientOptions,
  addListenerOptions,
  addPassingOptions,
  asksForTls,
  type ClientFlags,
  clientSecurity,
  type ListenerFlags,
  listenerSecurity,
  withoutPrefix,
} from '../security-options.ts';
import { startStandIn } from '../stand-in.ts';
import type { Terminal } from '../terminal.ts';

interface ProxyOptions extends ListenerFlags {
  readonly listen: ListenAddress;
  readonly upstream: string;
  readonly upstreamLost: UpstreamLost;
  readonly capture?: string;
  readonly rules?: string;
  readonly seed?: number;
}

type UpstreamLost = NonNullable<Parameters<typeof createProxy>[0]['upstreamLost']>;
const UPSTREAM_LOST = ['mirror', 'hold', 'answer'] as const satisfies readonly UpstreamLost[];

/** Adds `proxy`. */
export function addProxy(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('proxy')
    .summary('sit between stations and a CSMS, and show every message')
    .description(
      'Passes stations on to a CSMS and shows every message, checked. Path, query, headers and subprotocols are ' +
        'carried across, and nothing is changed on the way but by rules, and by what is set for a leg.',
    )
    .addOption(listenOption())
    .requiredOption('--upstream <url>', "the CSMS (ws:// or wss://); the station's path is appended", webSocketUrl)
    .addOption(
      new Option(
        '--upstream-lost <what>',
        'what becomes of a station whose CSMS is lost, or not there: it is closed as well, kept, or kept and answered',
      )
        .choices(UPSTREAM_LOST)
        .default('mirror'),
    )
    .addOption(captureOption())
    .addOption(rulesOption())
    .addOption(seedOption())
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope proxy --upstream wss://csms.example/ocpp\n' +
        '  plugscope proxy --listen 127.0.0.1:9220 --upstream ws://10.0.0.5:8080/ocpp --capture field.plugscope\n' +
        '  plugscope proxy --upstream ws://10.0.0.5:8080/ocpp --rules flaky.json --seed 42\n' +
        '  plugscope proxy --security-profile 2 --upstream wss://csms.example/ocpp --upstream-security-profile 3 \\\n' +
        '    --upstream-certificate cs.pem --upstream-key cs.key --upstream-lost hold',
    )
    .action(async (flags: ProxyOptions) => {
      const { listen, upstream, upstreamLost, capture, rules, seed, limit: limits, data } = flags;
      if (rules === undefined && seed !== undefined) {
        terminal.note('--seed has a meaning only with --rules.');
        exit(EXIT.failed);
        return;
      }
      const read = rules === undefined ? undefined : await readRules(rules, seed);
      if (read?.ok === false) {
        terminal.note(read.error.sentence);
        exit(EXIT.failed);
        return;
      }
      let report = (): void => {};
      const code = await runLive(capture, terminal, (means) =>
        withCredentials({ clock: means.clock, data }, async (credentials, listens) => {
          const security = await listenerSecurity(flags, credentials);
          if (!security.ok) return security;
          const upstreamFlags = withoutPrefix<ClientFlags>(flags, 'upstream');
          const towards = { prefix: 'upstream-', needsPassword: false } as const;
          const upstreamSecurity = await clientSecurity(upstreamFlags, upstream, credentials, towards);
          if (!upstreamSecurity.ok) return upstreamSecurity;
          const standIn = upstreamLost === 'answer' ? await startStandIn(means) : undefined;
          if (standIn?.ok === false) return standIn;
          const running = read && createRuleEngine(read.value, { now: () => means.clock.now().wall });
          const proxy = await createProxy({
            ...means,
            ...listen,
            exact: true,
            upstream,
            upstreamLost,
            upstreamSecurity: upstreamSecurity.value,
            security: security.value,
            credentials,
            limits,
            standIn: standIn?.value,
            rules: running,
          });
          if (!proxy.ok) {
            await standIn?.value.close();
            return proxy;
          }
          if (running) report = () => terminal.note(hitLines(read.value, running));
          const { port } = proxy.value;
          listens(port);
          const stations = stationUrl(listen, port, asksForTls(flags));
          const sentence = `Stations connect to ${stations}<id> and are passed on to ${withoutPassword(upstream)}. Ctrl-C ends.`;
          return success({
            sentence,
            async stop() {
              await proxy.value.close();
              await standIn?.value.close();
            },
          });
        }),
      );
      report();
      exit(code);
    });
  addBenchOptions(addPassingOptions(addClientOptions(addListenerOptions(command), 'upstream-')));
}
