import type { Command } from 'commander';
import { createProxy } from '../../engine/proxy/proxy.ts';
import { createRuleEngine } from '../../engine/rules/rule-engine.ts';
import { success } from '../../session/outcome.ts';
import { captureOption, type ListenAddress, listenOption, stationUrl, webSocketUrl } from '../arguments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { runLive } from '../live.ts';
import { hitLines, readRules, rulesOption, seedOption } from '../rules-option.ts';
import type { Terminal } from '../terminal.ts';

interface ProxyOptions {
  readonly listen: ListenAddress;
  readonly upstream: string;
  readonly capture?: string;
  readonly rules?: string;
  readonly seed?: number;
}

/** Adds `proxy`. */
export function addProxy(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program
    .command('proxy')
    .summary('sit between stations and a CSMS, and show every message')
    .description(
      'Passes stations on to a CSMS and shows every message, checked. Path, query, headers and subprotocols are ' +
        'carried across, and nothing is changed on the way but by rules.',
    )
    .addOption(listenOption())
    .requiredOption('--upstream <url>', "the CSMS (ws:// or wss://); the station's path is appended", webSocketUrl)
    .addOption(captureOption())
    .addOption(rulesOption())
    .addOption(seedOption())
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope proxy --upstream wss://csms.example/ocpp\n' +
        '  plugscope proxy --listen 127.0.0.1:9220 --upstream ws://10.0.0.5:8080/ocpp --capture field.plugscope\n' +
        '  plugscope proxy --upstream ws://10.0.0.5:8080/ocpp --rules flaky.json --seed 42',
    )
    .action(async ({ listen, upstream, capture, rules, seed }: ProxyOptions) => {
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
      const code = await runLive(capture, terminal, async ({ network, recorder, clock }) => {
        const running = read && createRuleEngine(read.value, { now: () => clock.now().wall });
        const proxy = await createProxy({ network, recorder, upstream, ...listen, exact: true, rules: running });
        if (!proxy.ok) return proxy;
        if (running) report = () => terminal.note(hitLines(read.value, running));
        const { port, close } = proxy.value;
        const sentence = `Stations connect to ${stationUrl(listen, port)}<id> and are passed on to ${upstream}. Ctrl-C ends.`;
        return success({ sentence, stop: close });
      });
      report();
      exit(code);
    });
}
