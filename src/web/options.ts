import { parseArgs } from 'node:util';
import { failure, type Outcome, success } from '../session/outcome.ts';

/** What the command line of the browser host says. */
export interface ServeOptions {
  readonly port: number;
  readonly stationPort: number;
  readonly host?: string;
  readonly allowedHosts: readonly string[];
  /** A session file to show first. */
  readonly open?: string;
  readonly openBrowser: boolean;
  /** Folder for sessions. */
  readonly data?: string;
}

const WEB_PORT = 9221;
const STATION_PORT = 9220;

/** Reads the command line; fails with a sentence for the user. */
export function parseServeOptions(args: readonly string[]): Outcome<ServeOptions> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(WEB_PORT) },
        'station-port': { type: 'string', default: String(STATION_PORT) },
        host: { type: 'string' },
        'allow-host': { type: 'string', multiple: true, default: [] },
        open: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        data: { type: 'string' },
      },
    });
    const [port, stationPort] = [portOf(values.port), portOf(values['station-port'])];
    if (port === undefined || stationPort === undefined) {
      return failure('bad-port', 'A port is a number from 0 (any that is free) to 65535.');
    }
    return success({
      port,
      stationPort,
      host: values.host,
      allowedHosts: values['allow-host'],
      open: values.open,
      openBrowser: !values['no-open'],
      data: values.data,
    });
  } catch (error) {
    return failure('bad-option', (error as Error).message);
  }
}

function portOf(text: string): number | undefined {
  const port = Number(text);
  return /^\d+$/.test(text) && port <= 65535 ? port : undefined;
}
