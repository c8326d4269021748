import { expect, it } from 'vitest';
import { plainRow as row } from '../testing/scripted-engine.ts';
import { TimelinePages } from './timeline-pages.ts';

it('notes an answer on the CALL that was read before it', () => {
  const pages = new TimelinePages();
  pages.put(
    0,
    Array.from({ length: 10 }, (_, index) => row(index + 1)),
  );
  pages.put(10, [row(11, { type: 'CALLRESULT', call: 4 })]);
  expect(pages.row(3)?.answer).toBe(11);
  expect(pages.row(4)?.answer).toBeNull();
});
