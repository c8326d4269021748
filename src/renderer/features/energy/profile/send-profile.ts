import type { ComposePeer } from '../../../../bridge/methods/compose.ts';
import type { JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import { escapeBraces } from '../../../../session/compose/expand.ts';
import { failure } from '../../../../session/outcome.ts';
import { type ComposeRun, RUNS_MAX } from '../../../app/composing.ts';
import { newId } from '../../../app/new-id.ts';
import type { Workbench } from '../../../app/workbench.ts';

/** The action that a profile is sent with. */
export const ACTION = 'SetChargingProfile';

/** The request as a text in which nothing is a variable. */
export function requestText(payload: JsonObject): string {
  return escapeBraces(JSON.stringify(payload, undefined, 2));
}

/** Sends a request to a station as the composer does, among whose runs it then is; yields its ticket. */
export async function sendProfile(
  { composing, api, timing }: Workbench,
  peer: ComposePeer,
  payload: JsonObject,
  begun: (ticket: string) => void,
): Promise<void> {
  const engine = api();
  if (!engine) return;
  const ticket = newId();
  const target = { station: peer.station, peer: peer.peer };
  const run: ComposeRun = { ticket, at: timing.wall(), target, action: ACTION, call: true };
  composing.setState(({ runs }) => ({ runs: [run, ...runs].slice(0, RUNS_MAX) }));
  begun(ticket);
  const outcome = await engine['compose.call']({
    ticket,
    link: peer.link,
    action: ACTION,
    payload: requestText(payload),
  }).catch(() => failure('no-engine', 'The engine did not answer; whether it was sent is in the timeline.'));
  composing.setState(({ runs }) => ({ runs: runs.map((one) => (one.ticket === ticket ? { ...one, outcome } : one)) }));
}

/** Why a profile cannot be sent; undefined where it can. */
export function sendObstacle({
  file,
  station,
  peer,
  version,
}: {
  readonly file: boolean;
  readonly station: string | null;
  readonly peer: ComposePeer | undefined;
  readonly version: OcppVersion;
}): string | undefined {
  if (file) return 'A file is shown: what is recorded there cannot be sent to.';
  if (station === null) return 'Choose a station.';
  if (!peer) return `${station} is not connected.`;
  if (peer.version === null) return `No OCPP version was agreed with ${station}.`;
  if (peer.version !== version) return `${station} speaks OCPP ${peer.version}, and this is a request of ${version}.`;
  return undefined;
}
