import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';

/** How a profile came to be known. */
export type InstallationOrigin =
  /** The CSMS sent it and the station accepted. */
  | { readonly by: 'csms'; readonly with: 'SetChargingProfile' | 'remote start' | 'dynamic update' }
  /** The station told what somebody else limits, by `chargingLimitSource`. */
  | { readonly by: 'external'; readonly limitSource: string; readonly reported: boolean }
  /** The station reported to have it. */
  | { readonly by: 'report' };

/** Why a profile is no longer there. */
export type InstallationEnd =
  | 'replaced'
  | 'cleared'
  | 'updated'
  | 'transaction ended'
  | 'limit cleared'
  | 'not reported';

/** A profile from when it was installed until it was gone. */
export interface Installation {
  readonly profile: ChargingProfile;
  readonly origin: InstallationOrigin;
  readonly from: number;
  /** Of the message by which it is known that it is there. */
  readonly entry: number;
  /** Infinite as long as it is there. */
  readonly to: number;
  readonly end: { readonly why: InstallationEnd; readonly entry: number } | undefined;
}

/** A change of what is installed. */
export interface InstallationChange {
  readonly at: number;
  readonly entry: number;
  readonly what: 'installed' | InstallationEnd;
  readonly installation: Installation;
}
