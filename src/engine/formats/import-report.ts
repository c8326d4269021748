import type { OcppVersion } from '../../ocpp/version.ts';
import type { ImportFault, ImportReport } from '../../session/files.ts';
import { plain } from '../../session/words.ts';
import type { GuessedVersions } from './guess-versions.ts';
import type { ImportedItem } from './imported.ts';

/** Faults and assumptions that are told one by one. */
const LISTED_MAX = 100;

/** Collects the report while items pass. */
export class ReportBuilder {
  faults = 0;
  readonly firstFaults: ImportFault[] = [];
  readonly assumed: string[] = [];
  #links = 0;

  note(item: ImportedItem): void {
    if (item.kind === 'opened') this.#links += 1;
    if (item.kind === 'assumed' && this.assumed.length < LISTED_MAX) this.assumed.push(item.sentence);
    if (item.kind !== 'fault') return;
    this.faults += 1;
    if (this.firstFaults.length < LISTED_MAX) {
      this.firstFaults.push({ place: item.place, sentence: item.error.sentence });
    }
  }

  report(title: string, entries: number, frames: number): ImportReport {
    const { faults, firstFaults, assumed } = this;
    return { title, entries, frames, links: this.#links, faults, firstFaults, assumed };
  }
}

/** What was guessed about versions, in sentences. */
export function versionSentences({ versions, undecided }: GuessedVersions, given: OcppVersion | undefined): string[] {
  if (given !== undefined) {
    return undecided.size + versions.size === 0
      ? []
      : [`Where the file says no version, it is ${given}, as you chose.`];
  }
  const sentences: string[] = [];
  for (const [version, stations] of byVersion(versions)) {
    sentences.push(`${listed(stations)}: OCPP ${version}, as no other version has all of these actions.`);
  }
  const open = [...undecided.keys()];
  if (open.length > 0) {
    sentences.push(
      `${listed(open)}: the version cannot be told from the messages, so only their structure is checked; choose one to have them checked.`,
    );
  }
  return sentences;
}

function byVersion(versions: ReadonlyMap<string, OcppVersion>): ReadonlyMap<OcppVersion, readonly string[]> {
  const stations = new Map<OcppVersion, string[]>();
  for (const [station, version] of versions) stations.set(version, [...(stations.get(version) ?? []), station]);
  return stations;
}

function listed(stations: readonly string[]): string {
  const first = stations.slice(0, 5).map((station) => plain(station, 48));
  return stations.length > 5 ? `${first.join(', ')} and ${stations.length - 5} more` : first.join(', ');
}
