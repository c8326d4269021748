import { describe, expect, it } from 'vitest';
import { blankDraft, type ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import { type Edit, edited } from '../../../../session/energy/profile-draft/edits.ts';
import { keyEdits } from './plot-keys.ts';
import { levelLines, linePath, stepArea, stepPath } from './plot-paths.ts';
import { type PlotScale, secondsAt, timeTicks, valueAt, valueTicks, xOf, yOf } from './plot-scale.ts';
import { dragged, periodAt, splitAt, targetAt } from './plot-target.ts';

/** An hour is 100 pixels, 1 kW is 10. */
const SCALE: PlotScale = { width: 400, height: 300, from: 0, to: 4 * 3600, low: -10_000, high: 20_000 };
const SNAP = { seconds: 300, level: 100 };
const AT = { schedule: 0, snap: SNAP, shift: 0 };

function scheduleOf(...edits: readonly Edit[]): ScheduleDraft {
  const blank = blankDraft({ evseId: 1, id: 1, unit: 'W', start: 0, limit: 11_000 });
  const [schedule] = edits.reduce(edited, blank).schedules;
  if (!schedule) throw new Error('no schedule');
  return schedule;
}

const SPLIT = scheduleOf({ kind: 'add', schedule: 0, seconds: 7200 });
const V2X = scheduleOf(
  { kind: 'mode', schedule: 0, index: 0, to: 'CentralSetpoint', version: '2.1' },
  { kind: 'value', schedule: 0, index: 0, name: 'setpoint', value: -4000 },
  { kind: 'value', schedule: 0, index: 0, name: 'dischargeLimit', value: -5000 },
);

it('puts seconds and values where they are read again', () => {
  expect([xOf(SCALE, 3600), yOf(SCALE, 11_000)]).toEqual([100, 90]);
  expect([secondsAt(SCALE, 100), valueAt(SCALE, 90)]).toEqual([3600, 11_000]);
  expect(valueTicks(SCALE)).toContain(0);
  // The clock on the wall shows 10 past when the schedule starts: ticks are at round times of that clock.
  expect(timeTicks(SCALE, 600).map((seconds) => (seconds + 600) % 3600)).toEqual([0, 0, 0, 0]);
});

describe('what is under the pointer', () => {
  it('is an edge before a level, and a level near its line', () => {
    expect(targetAt(SCALE, SPLIT, 203, 90)).toEqual({ kind: 'start', period: 1 });
    expect(targetAt(SCALE, SPLIT, 300, 95)).toEqual({ kind: 'level', period: 1, quantity: 'limit' });
    expect(targetAt(SCALE, SPLIT, 300, 140)).toBeNull();
    expect(targetAt(SCALE, SPLIT, 1, 140)).toBeNull();
  });

  it('is the nearest of several levels', () => {
    expect(targetAt(SCALE, V2X, 50, 241)).toMatchObject({ quantity: 'setpoint' });
    expect(targetAt(SCALE, V2X, 50, 249)).toMatchObject({ quantity: 'dischargeLimit' });
  });

  it('is the end of a schedule that has one, and nothing behind it', () => {
    const ended = scheduleOf({ kind: 'schedule', schedule: 0, change: { duration: 10_800 } });
    expect(targetAt(SCALE, ended, 298, 200)).toEqual({ kind: 'end' });
    expect(targetAt(SCALE, ended, 350, 90)).toBeNull();
  });
});

describe('dragging', () => {
  it('rounds levels to their steps, and keeps each on its side of zero', () => {
    const to = (y: number, quantity: 'limit' | 'dischargeLimit' | 'setpoint') =>
      dragged({ kind: 'level', period: 0, quantity }, SCALE, { x: 0, y }, AT);
    expect(to(83.4, 'limit')).toMatchObject({ kind: 'value', name: 'limit', value: 11_700 });
    expect(to(290, 'limit')).toMatchObject({ value: 0 });
    expect(to(10, 'dischargeLimit')).toMatchObject({ value: 0 });
    expect(to(290, 'setpoint')).toMatchObject({ value: -9000 });
  });

  it('rounds times to the clock on the wall', () => {
    const target = { kind: 'start', period: 1 } as const;
    expect(dragged(target, SCALE, { x: 151, y: 0 }, AT)).toMatchObject({ kind: 'start', seconds: 5400 });
    expect(dragged(target, SCALE, { x: 151, y: 0 }, { ...AT, shift: 60 })).toMatchObject({ seconds: 5340 });
    expect(dragged({ kind: 'end' }, SCALE, { x: -20, y: 0 }, AT)).toMatchObject({ change: { duration: 1 } });
  });
});

it('begins a period where it is double-clicked, with the level there', () => {
  const at = { ...AT, version: '2.1' } as const;
  expect(splitAt(SCALE, SPLIT, { x: 100, y: 150 }, at)).toEqual([
    { kind: 'add', schedule: 0, seconds: 3600 },
    { kind: 'value', schedule: 0, index: 1, name: 'limit', value: 5000 },
  ]);
  expect(splitAt(SCALE, SPLIT, { x: 200, y: 150 }, at)).toEqual([]);
  // Below zero it is what discharges.
  expect(splitAt(SCALE, V2X, { x: 100, y: 265 }, at)[1]).toMatchObject({ name: 'dischargeLimit', value: -6500 });
  expect(periodAt(SPLIT, -5)).toBe(0);
});

describe('keys', () => {
  const press = (key: string, more = {}, selected = 1) =>
    keyEdits(
      { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more },
      { schedule: SPLIT, index: 0, selected, snap: SNAP, version: '2.1' },
    );

  it('move the level and the start of the chosen period', () => {
    expect(press('ArrowUp')?.edits).toEqual([{ kind: 'value', schedule: 0, index: 1, name: 'limit', value: 11_100 }]);
    expect(press('ArrowDown', { shiftKey: true })?.edits).toMatchObject([{ value: 10_000 }]);
    expect(press('ArrowRight')?.edits).toEqual([{ kind: 'start', schedule: 0, index: 1, seconds: 7500 }]);
    expect(press('ArrowLeft', {}, 0)?.edits).toEqual([]);
  });

  it('choose, split and take away', () => {
    expect(press('PageUp')).toEqual({ edits: [], selected: 0 });
    expect(press('Insert', {}, 0)).toEqual({ edits: [{ kind: 'add', schedule: 0, seconds: 3600 }], selected: 1 });
    expect(press('Delete')).toEqual({ edits: [{ kind: 'remove', schedule: 0, index: 1 }], selected: 0 });
  });

  it('leave alone what belongs to the workbench', () => {
    expect(press('z', { ctrlKey: true })).toBeUndefined();
    expect(press('j')).toBeUndefined();
  });
});

it('draws steps as one line that breaks at gaps, and fills them down to zero', () => {
  expect(linePath(levelLines(SCALE, SPLIT, 'limit'))).toBe('M0 90H200V90H400');
  expect(levelLines(SCALE, SPLIT, 'setpoint')).toEqual([]);
  const steps = { at: [0, 3_600_000, 7_200_000], value: [1000, null, 2000], to: 10_800_000 };
  expect(stepPath(SCALE, steps, 0)).toBe('M0 190H100M200 180H300');
  expect(stepArea(SCALE, steps, 0)).toBe('M0 200L0 190H100V200ZM200 200L200 180H300V200Z');
});
