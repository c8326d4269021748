import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

/** The script is plain JavaScript without types. */
const { countBrowser, countUnits } = await import('./test-report.mjs' as string);

const folder = mkdtempSync(join(tmpdir(), 'plugscope-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reportOf(content: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe('the report of a test runner', () => {
  it('names the unit tests that passed only at the second try, with the reason of the first', () => {
    const result = (fullName: string, status: string, ...failureMessages: string[]) => ({
      fullName,
      status,
      failureMessages,
    });
    const path = reportOf({
      numPassedTests: 2,
      numFailedTests: 1,
      numPendingTests: 3,
      testResults: [
        { assertionResults: [result('a port listens', 'passed', 'Error: in use\n    at here'), result('b', 'passed')] },
        { assertionResults: [result('c', 'failed', 'Error: no', 'Error: no')] },
      ],
    });
    expect(countUnits(path)).toEqual({ passed: 2, failed: 1, skipped: 3, again: ['a port listens: Error: in use'] });
  });

  it('names the browser tests that did', () => {
    const test = (status: string, message?: string) => ({ status, results: [message ? { error: { message } } : {}] });
    const path = reportOf({
      stats: { expected: 4, flaky: 1, unexpected: 0, skipped: 2 },
      suites: [
        {
          specs: [{ file: 'renderer/a.spec.ts', title: 'opens', tests: [test('expected')] }],
          suites: [{ specs: [{ file: 'renderer/b.spec.ts', title: 'closes', tests: [test('flaky', 'late\nlog')] }] }],
        },
      ],
    });
    expect(countBrowser(path)).toEqual({
      passed: 5,
      failed: 0,
      skipped: 2,
      again: ['renderer/b.spec.ts › closes: late'],
    });
  });

  it('is nothing where the runner could not start', () => {
    expect(countUnits(join(folder, 'none.json'))).toBeUndefined();
    expect(countBrowser(join(folder, 'none.json'))).toBeUndefined();
  });
});
