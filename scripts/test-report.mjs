// What the reports of the test runners say: how many tests passed, and which ones only when they were tried again.
import { readFileSync } from 'node:fs';

/**
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number,
 *   readonly again: readonly string[] }} Counted `again` names each test that passed at the second try, and why it
 *   failed at the first
 */

/**
 * Reads the JSON report of Vitest; nothing where there is none, as when it could not start.
 *
 * @param {string} path
 * @returns {Counted | undefined}
 */
export function countUnits(path) {
  const report = read(path);
  if (!report) return undefined;
  const again = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
    .map(({ fullName, failureMessages }) => named(fullName, failureMessages[0]));
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, again };
}

/**
 * Reads the JSON report of Playwright; nothing where there is none.
 *
 * @param {string} path
 * @returns {Counted | undefined}
 */
export function countBrowser(path) {
  const report = read(path);
  if (!report) return undefined;
  const { expected, flaky, unexpected, skipped } = report.stats;
  const again = report.suites
    .flatMap(specsOf)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === 'flaky')
        .map(({ results }) => named(`${file} › ${title}`, results[0]?.error?.message)),
    );
  return { passed: expected + flaky, failed: unexpected, skipped, again };
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

function named(name, error = 'no reason given') {
  return `${name}: ${error.split('\n', 1)[0]}`;
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
