import type { CallTowards } from '../../../ocpp/action-names.ts';
import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import type { Handlers, Reply } from '../reply.ts';
import type { StationCore } from '../station-core.ts';
import type { Transfer } from '../transfer.ts';
import type { Der } from './der/der.ts';
import type { DeviceModel } from './device-model.ts';
import type { DisplayMessages } from './display-messages.ts';
import type { EnergyTransfers } from './energy-transfer.ts';
import type { ExternalLimits } from './smart-charging/external-limits.ts';
import type { Speaker2 } from './speaker.ts';
import type { Tariffs } from './tariff/tariffs.ts';
import type { V2gCertificates } from './v2g-certificates.ts';

/** What the behaviours of 2.x act on. */
export interface Station2 {
  readonly core: StationCore;
  readonly model: DeviceModel;
  readonly speaker: Speaker2;
  readonly log: Transfer<'Uploading' | 'UploadFailure'>;
  readonly display: DisplayMessages;
  readonly der: Der;
  readonly tariffs: Tariffs;
  readonly transfers: EnergyTransfers;
  readonly external: ExternalLimits;
  readonly v2g: V2gCertificates;
  readonly firmware: Transfer<'DownloadScheduled' | 'Downloading' | 'DownloadFailed'>;
}

/** Actions that a CSMS may call in 2.0.1, and so in 2.1. */
export type Action201 = CallTowards<'to-station', '2.0.1'>;
/** Actions that a CSMS may call in 2.1. */
export type Action21 = CallTowards<'to-station', '2.1'>;

/** Behaviours that serve both versions: they take what 2.1 may ask, and answer what 2.0.1 may be told. */
export type Common<A extends Action201> = {
  readonly [N in A]: (request: RequestOf<'2.1', N>, station: Station2) => Reply<ResponseOf<'2.0.1', N>>;
};

/** Behaviours that came with 2.1. */
export type New21<A extends Exclude<Action21, Action201>> = Handlers<'2.1', A, Station2>;

/** Why, by a reason code of appendix 5. */
export function because(
  reasonCode: string,
  additionalInfo?: string,
): { statusInfo: { reasonCode: string; additionalInfo?: string } } {
  return { statusInfo: additionalInfo === undefined ? { reasonCode } : { reasonCode, additionalInfo } };
}

/** Of what this station has no hardware or no function for. */
export const UNSUPPORTED = because('UnsupportedRequest');
