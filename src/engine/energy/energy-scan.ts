import type { DatabaseSync } from 'node:sqlite';
import { ENERGY_ACTIONS, SessionEnergy } from '../../session/energy/session-energy.ts';
import type { StationEnergy } from '../../session/energy/station-energy.ts';
import { LateChanges } from '../capture/filter/late-changes.ts';
import type { SessionQueries } from '../capture/session-queries.ts';
import type { Clock, Timer } from '../clock.ts';
import { countsForStation } from './counting.ts';
import { EnergyRows } from './energy-rows.ts';
import { EventReader } from './event-reader.ts';

/** How long one turn of work takes, in milliseconds: questions get their turn between. */
const SLICE_MS = 15;
const FIRST_SLICE_MS = 40;
/** A growing session is looked at this often, in milliseconds. */
const FOLLOW_MS = 50;
/** Progress is told at most this often, in milliseconds. */
const TELL_MS = 500;
/** Entries that one statement looks at, and events after which it is asked how late it is. */
const RANGE = 20_000;
const GO = 16;

/** How far the energy of a session has come. */
export interface EnergyProgress {
  readonly revision: number;
  readonly scanned: number;
  readonly entries: number;
}

export interface EnergyScanOptions {
  readonly database: DatabaseSync;
  readonly queries: SessionQueries;
  readonly clock: Clock;
  onProgress(progress: EnergyProgress): void;
}

/** A stretch of entries on its way into what is gathered. */
interface Course {
  readonly reader: EventReader;
  /** Last entry that was looked at. */
  at: number;
  /** The one station that is gathered anew, apart from the others. */
  readonly station?: StationEnergy;
}

/**
 * Gathers the energy of a session from its file, in turns, and follows the file as it grows. What becomes of a frame
 * may come to light after it was taken in: where it then counts otherwise, its station is gathered anew, and what was
 * gathered before stands until that is done.
 */
export class EnergyScan {
  readonly energy = new SessionEnergy();
  readonly #options: EnergyScanOptions;
  readonly #rows: EnergyRows;
  readonly #late: LateChanges;
  readonly #left = new Set<number>();
  readonly #course: Course;
  /** Stations to be gathered anew. */
  readonly #wrong = new Set<string>();
  #anew: Course | undefined;
  #last = 0;
  #version = -1;
  #pumping = false;
  #stopped = false;
  #timer: Timer | undefined;
  #told: EnergyProgress = { revision: -1, scanned: 0, entries: 0 };
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(options: EnergyScanOptions) {
    this.#options = options;
    this.#rows = new EnergyRows(options.database, ENERGY_ACTIONS);
    this.#late = new LateChanges(options.database, () => options.clock.now().mono);
    this.#late.restart(0);
    // Before anything is looked at: what changes from now on is looked at again.
    this.#late.watch(new Set(['fate']));
    this.#course = { reader: new EventReader(this.#rows, this.#left), at: 0 };
  }

  /** Begins to read, and to follow. */
  start(): void {
    this.#follow();
    // What is small is there with the first answer.
    this.#work(FIRST_SLICE_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /** Looks whether the file has changed. */
  #follow(): void {
    const version = this.#options.queries.version();
    if (version !== this.#version || this.#late.owing) {
      this.#version = version;
      this.#last = this.#options.queries.extent().last;
      for (const entry of this.#late.look(this.#last).get('fate') ?? []) this.#fateCame(entry);
      this.#pump();
    }
    this.#tell();
    this.#timer = this.#options.clock.after(FOLLOW_MS, () => this.#follow());
  }

  /** What became of an entry is known now; one that was not looked at yet will be seen with it. */
  #fateCame(entry: number): void {
    if (entry > this.#course.at) return;
    const [row] = this.#rows.between(entry - 1, entry);
    if (row?.direction !== 'to-station') return;
    const counts = countsForStation(row.direction, row.origin, row.fate);
    if (counts !== this.#left.has(entry)) return;
    const station = this.#rows.link(row.link)?.station;
    if (station !== undefined && this.energy.station(station)) this.#wrong.add(station);
  }

  /** Goes on with what is due, with room for questions between the turns. */
  #pump(): void {
    if (this.#pumping || this.#stopped || !this.#isBehind()) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      if (this.#stopped) return;
      this.#work(SLICE_MS);
      this.#tell();
      this.#pump();
    });
  }

  #isBehind(): boolean {
    return this.#course.at < this.#last || this.#anew !== undefined || this.#wrong.size > 0;
  }

  #work(milliseconds: number): void {
    const deadline = this.#options.clock.now().mono + milliseconds;
    while (this.#isBehind() && this.#options.clock.now().mono < deadline) {
      const [wrong] = this.#wrong;
      if (this.#anew === undefined && wrong !== undefined) this.#startAnew(wrong);
      const course = this.#anew ?? this.#course;
      const upTo = course === this.#anew ? this.#course.at : this.#last;
      this.#go(course, upTo, deadline);
      if (course === this.#anew && course.station && course.at >= upTo) {
        this.energy.replace(course.station);
        this.#anew = undefined;
      }
    }
    this.energy.progress = { scanned: this.#course.at, entries: this.#last };
  }

  #startAnew(station: string): void {
    this.#wrong.delete(station);
    this.#anew = { reader: new EventReader(this.#rows, this.#left), at: 0, station: this.energy.fresh(station) };
  }

  /** Takes entries in, up to one of them or until it is too late. */
  #go(course: Course, upTo: number, deadline: number): void {
    const [restart] = this.#rows.restarts(course.at, Math.min(upTo, course.at + RANGE));
    if (restart === course.at + 1) this.#restarted(course);
    const [next] = this.#rows.restarts(course.at + 1, Math.min(upTo, course.at + RANGE));
    const end = Math.min(upTo, course.at + RANGE, next === undefined ? upTo : next - 1);
    let taken = 0;
    for (const row of this.#rows.between(course.at, end, course.station?.station)) {
      const event = course.reader.eventOf(row);
      if (event) (course.station ?? this.energy).take(event);
      course.at = row.entry;
      if (++taken % GO === 0 && this.#options.clock.now().mono >= deadline) return;
    }
    course.at = end;
  }

  #restarted(course: Course): void {
    const before = this.#rows.entry(course.at);
    if (!before) return;
    for (const event of course.reader.restarted(before)) (course.station ?? this.energy).take(event);
  }

  #tell(): void {
    const { revision, progress } = this.energy;
    const now = this.#options.clock.now().mono;
    const { scanned, entries } = progress;
    const same = this.#told.revision === revision && this.#told.scanned === scanned && this.#told.entries === entries;
    if (same || now - this.#toldAt < TELL_MS) return;
    this.#told = { revision, scanned, entries };
    this.#toldAt = now;
    this.#options.onProgress(this.#told);
  }
}
