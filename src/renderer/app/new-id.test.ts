import { expect, it, vi } from 'vitest';
import { newId } from './new-id.ts';

it('makes ids where the page is no secure context', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = new Set(Array.from({ length: 1000 }, newId));
  vi.unstubAllGlobals();
  expect(ids.size).toBe(1000);
  for (const id of ids) expect(id.length).toBeLessThanOrEqual(36);
});
