import { silentRecorder } from '../engine/bench/silent-recorder.ts';
import { createCsms } from '../engine/csms/csms.ts';
import { type Outcome, success } from '../session/outcome.ts';
import type { Means } from './live.ts';

/** A CSMS of ours that answers while that of the user is away. */
export interface StandIn {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one that is reached from this machine alone; what it says is recorded by the proxy before it. */
export async function startStandIn({ network, clock }: Means): Promise<Outcome<StandIn>> {
  const csms = await createCsms({ network, clock, recorder: silentRecorder(), host: '127.0.0.1', port: 0 });
  return csms.ok ? success({ url: `ws://127.0.0.1:${csms.value.port}/`, close: csms.value.close }) : csms;
}
