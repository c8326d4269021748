import type { BenchSetup, BenchState, Leg } from '../../../bridge/contract.ts';
import { countOf } from '../../app/format.ts';

/** The legs on one side of Plugscope. */
export interface Side {
  readonly peer: Leg['peer'];
  readonly legs: readonly Leg[];
  readonly state: 'none' | 'connecting' | 'open';
  /** Versions and security in short, such as `2.1 · TLS`; the state where nothing is agreed yet. */
  readonly label: string;
  /** Shorter still: what says whether there is TLS is left out where the profile says it. */
  readonly brief: string;
}

/** Who is connected with whom, from the station's end to that of the CSMS. */
export interface Picture {
  readonly station: string | null;
  readonly stationSide: Side | null;
  readonly plugscope: string;
  readonly csmsSide: Side | null;
  readonly csms: string | null;
}

/** The bench as a picture. Where Plugscope plays an end itself, that end and its side are null. */
export function pictureOf({ setup, legs, stationsOpen }: BenchState): Picture {
  const stationSide = sideOf('station', legs);
  const csmsSide = sideOf('csms', legs);
  switch (setup.role) {
    case 'proxy':
      return {
        station: stationsInWords(stationSide, stationsOpen),
        stationSide,
        plugscope: 'Plugscope',
        csmsSide,
        csms: setup.upstream === null ? 'Built-in CSMS' : hostOf(setup.upstream),
      };
    case 'csms':
      return {
        station: stationsInWords(stationSide, stationsOpen),
        stationSide,
        plugscope: 'Plugscope as CSMS',
        csmsSide: null,
        csms: null,
      };
    case 'station':
      return {
        station: null,
        stationSide: null,
        plugscope: `Plugscope as ${setup.station.id}`,
        csmsSide,
        csms: hostOf(setup.url),
      };
  }
}

/** What is running, in a sentence. */
export function benchInWords(setup: BenchSetup): string {
  if (setup.role === 'station') {
    return `Plugscope is the station ${setup.station.id} (OCPP ${setup.station.version}) of the CSMS at ${setup.url}.`;
  }
  const { station } = setup;
  const builtIn = station === null ? '' : ` The built-in station ${station.id} (OCPP ${station.version}) is connected.`;
  if (setup.role === 'csms') return `Plugscope is the CSMS.${builtIn}`;
  return `Plugscope passes stations on to ${setup.upstream ?? 'the built-in CSMS'}.${builtIn}`;
}

function sideOf(peer: Leg['peer'], all: readonly Leg[]): Side {
  const legs = all.filter((leg) => leg.peer === peer);
  const yet = (state: 'none' | 'connecting', label: string): Side => ({ peer, legs, state, label, brief: label });
  if (legs.length === 0) return yet('none', 'not connected');
  if (legs.every((leg) => leg.state === 'connecting')) return yet('connecting', 'connecting…');
  const versions = [...new Set(legs.map(({ version }) => version).filter((version) => version !== null))].sort();
  const secure = legs.filter((leg) => leg.secure).length;
  const security = secure === legs.length ? 'TLS' : secure === 0 ? 'no TLS' : 'partly TLS';
  const protocol = versions.length === 0 ? 'no version' : versions.join(', ');
  const profiles = [...new Set(legs.map(({ profile = 0 }) => profile))];
  const profile = profiles.length === 1 && profiles[0] !== 0 ? ` · profile ${profiles[0]}` : '';
  return {
    peer,
    legs,
    state: 'open',
    label: `${protocol} · ${security}${profile}`,
    brief: `${protocol}${profile || ` · ${security}`}`,
  };
}

function stationsInWords({ legs }: Side, open: number): string {
  const names = new Set(legs.map(({ station }) => station));
  if (names.size === 0) return 'No station yet';
  const [first] = names;
  return names.size === 1 && open <= 1 && first !== undefined ? first : countOf(Math.max(open, names.size), 'station');
}

function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}
