// npm run check:schedules: compares the composite schedule with the literal rules on many random sets of profiles.
import fc from 'fast-check';
import { differenceOf } from '../src/ocpp/schedule/testing/compare.ts';
import { randomCase } from '../src/ocpp/schedule/testing/random-profiles.ts';

const [cases = '10000', seed = String(Math.trunc(performance.timeOrigin % 2 ** 31))] = process.argv.slice(2);
const start = performance.now();
const result = fc.check(
  fc.property(randomCase, (each) => differenceOf(each, 600_000) === undefined),
  { numRuns: Number(cases), seed: Number(seed) },
);
const seconds = ((performance.now() - start) / 1000).toFixed(1);
if (result.failed) {
  const [found] = result.counterexample ?? [];
  console.error(`Schedules differ after ${result.numRuns} cases, seed ${seed}:`);
  console.error(found ? differenceOf(found, 600_000) : result.errorInstance);
  console.error(JSON.stringify(found, undefined, 2));
  process.exitCode = 1;
} else {
  console.log(`${result.numRuns} random cases agree with the literal rules, seed ${seed}, ${seconds} s`);
}
