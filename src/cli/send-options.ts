import type { OcppVersion } from '../ocpp/version.ts';
import type { Headers } from '../session/link.ts';
import type { ListenAddress } from './arguments.ts';
import type { PayloadArgument } from './payload-argument.ts';
import type { ClientFlags, ListenerFlags } from './security-options.ts';

/** The arguments of `send`. */
export interface SendOptions extends ClientFlags, ListenerFlags {
  readonly as: 'station' | 'csms';
  readonly to?: string;
  readonly listen: ListenAddress;
  readonly station?: string;
  readonly version?: OcppVersion;
  readonly header: Headers;
  readonly boot?: boolean;
  readonly wait: number;
  readonly timeout: number;
  readonly messageId?: string;
  readonly template?: PayloadArgument['template'];
  readonly literal?: boolean;
  readonly capture?: string;
}
