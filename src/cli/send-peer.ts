import { randomUUID } from 'node:crypto';
import type { ClientMeans } from '../engine/client-link.ts';
import type { Clock } from '../engine/clock.ts';
import { dialCsms } from '../engine/compose/dial-csms.ts';
import { type ConnectedStation, createCsms } from '../engine/csms/csms.ts';
import type { Peers } from '../engine/peers.ts';
import { schemaOf } from '../ocpp/official-schemas.ts';
import type { PayloadValidator } from '../ocpp/schemas.ts';
import { template } from '../ocpp/template.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../ocpp/version.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';
import { plain } from '../session/words.ts';
import { stationUrl } from './arguments.ts';
import type { EndSecurity } from './security-options.ts';
import type { SendOptions } from './send-options.ts';

/** What sending needs of the world. */
export interface SendMeans extends ClientMeans, EndSecurity {
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  /** Aborted when the user wants it to end. */
  readonly stop: AbortSignal;
}

/** The peer that a message goes to. */
export interface SendPeer {
  readonly peers: Peers;
  readonly link: number;
  readonly version: OcppVersion;
  close(): Promise<void>;
}

/** The identity that is taken where none is given. */
const IDENTITY = 'plugscope-1';
/** What is said of this station where it boots. */
const BOOT = {
  chargePointVendor: 'Plugscope',
  chargePointModel: 'Command line',
  vendorName: 'Plugscope',
  model: 'Command line',
  reason: 'PowerUp',
} as const;
/** Time between two looks at who is connected. */
const LOOK_MS = 20;

type StationOptions = Pick<SendOptions, 'to' | 'station' | 'version' | 'header' | 'boot' | 'timeout'>;

/** Connects to a CSMS as a station, and boots where that is wanted. */
export async function connectAsStation(
  { to = '', station = IDENTITY, version = newest(), header, boot, timeout }: StationOptions,
  { stop, asked: _, ...means }: SendMeans,
): Promise<Outcome<SendPeer>> {
  const dialled = await dialCsms({
    ...means,
    newMessageId: randomUUID,
    url: to,
    station,
    version,
    headers: header,
    timeoutMs: timeout * 1000,
    signal: stop,
  });
  if (stop.aborted) {
    if (dialled.ok) await dialled.value.close();
    return failure('interrupted', 'Interrupted before the CSMS was reached.');
  }
  if (!dialled.ok) return dialled;
  const { peers, link, close } = dialled.value;
  const booted = boot ? await bootNotification(peers, link, version) : success(null);
  if (booted.ok) return success({ peers, link, version, close });
  await close();
  return booted;
}

async function bootNotification(peers: Peers, link: number, version: OcppVersion): Promise<Outcome<null>> {
  const schema = schemaOf(version, 'BootNotification', 'request') ?? {};
  const payload = template(schema, { fill: 'required', now: '', values: BOOT });
  const booted = await peers.call(link, { action: 'BootNotification', payload });
  if (!booted.ok) return booted;
  const { value } = booted;
  if (value.kind !== 'result') {
    const how = value.kind === 'error' ? `answered with ${plain(value.code, 100)}` : 'was not answered';
    return failure('not-booted', `The BootNotification ${how}, so nothing more was sent.`);
  }
  const { status } = value.payload;
  if (status === 'Accepted') return success(null);
  const said = plain(JSON.stringify(status) ?? 'nothing', 100);
  return failure('not-booted', `The CSMS answered the BootNotification with ${said}, so nothing more was sent.`);
}

type CsmsOptions = Pick<SendOptions, 'listen' | 'station' | 'version' | 'boot' | 'wait' | 'timeout'>;

/** Listens as a CSMS, and waits for a station. */
export async function waitAsCsms(
  { listen, station, version, boot = false, wait, timeout }: CsmsOptions,
  { network, recorder, clock, validator, limits, credentials, asked, stop }: SendMeans,
  tell: (sentence: string) => void,
): Promise<Outcome<SendPeer>> {
  const started = await createCsms({
    network,
    recorder,
    clock,
    validator,
    limits,
    credentials,
    security: asked,
    callTimeoutMs: timeout * 1000,
    ...listen,
    exact: true,
  });
  if (!started.ok) return started;
  const csms = started.value;
  const who = station === undefined ? 'a station' : plain(station, 100);
  tell(`Waits for ${who} at ${stationUrl(listen, csms.port, (asked?.profile ?? 0) >= 2)}<id>.`);
  const wanted = ({ id, boot: booted }: ConnectedStation): boolean =>
    (station === undefined || id === station) && (!boot || booted !== undefined);
  const found = await untilFound(() => csms.stations().find(wanted), wait * 1000, clock, stop);
  const problem = found === undefined ? missing(station, boot, stop) : otherVersion(found, version);
  if (found !== undefined && problem === undefined) {
    return success({ peers: csms.peers, link: found.link, version: found.version, close: () => csms.close() });
  }
  await csms.close();
  return problem ?? missing(station, boot, stop);
}

function missing(station: string | undefined, boot: boolean, stop: AbortSignal): Outcome<never> {
  if (stop.aborted) return failure('interrupted', 'Interrupted before the station was there.');
  const who = station === undefined ? 'No station' : `Station ${plain(station, 100)}`;
  const what = station === undefined ? 'has' : 'has not';
  return failure('no-station', `${who} ${what} ${boot ? 'booted' : 'connected'} in time.`);
}

function otherVersion({ id, version }: ConnectedStation, wanted: OcppVersion | undefined): Outcome<never> | undefined {
  if (wanted === undefined || wanted === version) return undefined;
  return failure('other-version', `Station ${plain(id, 100)} speaks OCPP ${version}, and not ${wanted}.`);
}

async function untilFound<T>(
  find: () => T | undefined,
  milliseconds: number,
  clock: Clock,
  stop: AbortSignal,
): Promise<T | undefined> {
  const end = clock.now().mono + milliseconds;
  for (;;) {
    const found = find();
    if (found !== undefined || stop.aborted || clock.now().mono >= end) return found;
    // Kept alive by the port that listens.
    await new Promise<void>((resolve) => void clock.after(LOOK_MS, resolve));
  }
}

function newest(): OcppVersion {
  return OCPP_VERSIONS[OCPP_VERSIONS.length - 1] ?? OCPP_VERSIONS[0];
}
