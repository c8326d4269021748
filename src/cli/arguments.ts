import { InvalidArgumentError, Option } from 'commander';

/** Where to listen. */
export interface ListenAddress {
  /** Every address of the machine where it is left out. */
  readonly host?: string;
  readonly port: number;
}

/** Reads `PORT`, `HOST:PORT` or `[IPV6]:PORT`. */
export function listenAddress(text: string): ListenAddress {
  const [, host, digits] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) {
    throw new InvalidArgumentError('It must be PORT or HOST:PORT, the port from 0 (any) to 65535.');
  }
  return { host: host?.replace(/^\[(.*)\]$/, '$1'), port };
}

/** Reads a URL of a CSMS. */
export function webSocketUrl(text: string): string {
  if (!/^wss?:$/.test(URL.parse(text)?.protocol ?? '')) {
    throw new InvalidArgumentError('It must be a URL that starts with ws:// or wss://.');
  }
  return text;
}

/** `--listen`, with the port that is taken where it is left out. */
export function listenOption(): Option {
  return new Option('--listen <[host:]port>', 'where stations connect; 0 is any free port')
    .argParser(listenAddress)
    .default({ port: 9220 }, '9220');
}

/** `--capture` of the live commands. */
export function captureOption(): Option {
  return new Option('--capture <file>', 'session file to record into; without it nothing is kept');
}

/** The URL for stations, to which they append their identity. */
export function stationUrl({ host }: ListenAddress, port: number, secure = false): string {
  const name = host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${secure ? 'wss' : 'ws'}://${name.includes(':') ? `[${name}]` : name}:${port}/`;
}
