import type { CallTowards } from '../../../ocpp/action-names.ts';
import type { Handlers } from '../reply.ts';
import type { StationCore } from '../station-core.ts';
import type { Transfer } from '../transfer.ts';
import type { Configuration } from './configuration.ts';
import type { Speaker16 } from './speaker.ts';

/** What the behaviours of 1.6 act on. */
export interface Station16 {
  readonly core: StationCore;
  readonly configuration: Configuration;
  readonly speaker: Speaker16;
  readonly diagnostics: Transfer<'Uploading' | 'UploadFailed'>;
  readonly log: Transfer<'Uploading' | 'UploadFailure'>;
  readonly firmware: Transfer<'Downloading' | 'DownloadFailed'>;
}

/** Actions that the Central System may call. */
export type Action16 = CallTowards<'to-station', '1.6'>;

/** Behaviours of some of the actions. */
export type Handlers16<A extends Action16> = Handlers<'1.6', A, Station16>;
