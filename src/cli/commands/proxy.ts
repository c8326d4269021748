import type { Command } from 'commander';
import { createProxy } from '../../engine/proxy/proxy.ts';
import { success } from '../../session/outcome.ts';
import { captureOption, type ListenAddress, listenOption, stationUrl, webSocketUrl } from '../arguments.ts';
import type { ExitCode } from '../exit-code.ts';
import { runLive } from '../live.ts';
import type { Terminal } from '../terminal.ts';

interface ProxyOptions {
  readonly listen: ListenAddress;
  readonly upstream: string;
  readonly capture?: string;
}

/** Adds `proxy`. */
export function addProxy(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  program
    .command('proxy')
    .summary('sit between stations and a CSMS, and show every message')
    .description(
      'Passes stations on to a CSMS and shows every message, checked. Nothing is changed on the way; path, query,\n' +
        'headers and subprotocols are carried across.',
    )
    .addOption(listenOption())
    .requiredOption('--upstream <url>', "the CSMS (ws:// or wss://); the station's path is appended", webSocketUrl)
    .addOption(captureOption())
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope proxy --upstream wss://csms.example/ocpp\n' +
        '  plugscope proxy --listen 127.0.0.1:9220 --upstream ws://10.0.0.5:8080/ocpp --capture field.plugscope',
    )
    .action(async ({ listen, upstream, capture }: ProxyOptions) => {
      const code = await runLive(capture, terminal, async ({ network, recorder }) => {
        const proxy = await createProxy({ network, recorder, upstream, ...listen, exact: true });
        if (!proxy.ok) return proxy;
        const { port, close } = proxy.value;
        const sentence = `Stations connect to ${stationUrl(listen, port)}<id> and are passed on to ${upstream}. Ctrl-C ends.`;
        return success({ sentence, stop: close });
      });
      exit(code);
    });
}
