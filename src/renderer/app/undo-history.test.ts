import { expect, it } from 'vitest';
import { createUndoHistory, type UndoSteps } from './undo-history.ts';

function history() {
  let steps: UndoSteps | null = null;
  const of = createUndoHistory<string>((told) => {
    steps = told;
  });
  return { of, steps: () => steps };
}

it('leads back and forth, and forgets what was taken back once something else was changed', () => {
  const { of, steps } = history();
  of.remember('a');
  of.remember('b');
  expect(of.next('undo')).toBe('b');
  expect(of.step('undo', 'c')).toBe('b');
  expect(steps()).toEqual({ canUndo: true, canRedo: true });
  expect(of.step('redo', 'b')).toBe('c');
  expect(of.step('undo', 'c')).toBe('b');
  of.remember('b');
  expect(of.step('redo', 'd')).toBeUndefined();
  expect(steps()).toEqual({ canUndo: true, canRedo: false });
});

it('keeps no step for a change that could not be made', () => {
  const { of, steps } = history();
  of.remember('a');
  of.takeBack('a');
  expect(of.step('undo', 'a')).toBeUndefined();
  expect(steps()).toEqual({ canUndo: false, canRedo: false });
});

it('keeps the latest 200 steps, until it forgets them', () => {
  const { of, steps } = history();
  for (let step = 0; step < 250; step++) of.remember(String(step));
  let present = '250';
  for (let back = of.next('undo'); back !== undefined; back = of.next('undo')) {
    of.step('undo', present);
    present = back;
  }
  expect(present).toBe('50');
  of.forget();
  expect(steps()).toEqual({ canUndo: false, canRedo: false });
});
