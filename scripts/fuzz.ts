// npm run fuzz: sends malformed inputs to a proxy, a CSMS and a station, and says what came of it.
import { parseArgs } from 'node:util';
import { attack } from '../src/engine/testing/fuzz/attack.ts';

const { values } = parseArgs({
  options: {
    /** Inputs to send. */
    count: { type: 'string', default: '1000000' },
    /** Makes the same inputs again. */
    seed: { type: 'string', default: String(Math.trunc(performance.timeOrigin % 2 ** 31)) },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 5 || !Number.isInteger(seed)) {
  console.error('--count is a whole number from 5 on, --seed a whole number.');
  process.exit(2);
}

const start = performance.now();
const report = await attack(count, seed, (sent) => {
  if (sent > 0 && sent % 50_000 === 0)
    console.error(`${sent} inputs, ${Math.round((performance.now() - start) / 1000)} s`);
});
const { sent, control, proxied, heap } = report;
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
console.log(`${count} malformed inputs with seed ${seed} in ${Math.round((performance.now() - start) / 1000)} s`);
console.log(`  messages ${sent.message}, frames ${sent.frames}, HTTP ${sent.http}, TLS ${sent.tls}`);
console.log(`  through the proxy: ${proxied.arrived} of ${proxied.sent} arrived`);
console.log(`  sound stations beside them: ${control.answered} of ${control.sent} calls answered`);
console.log(`  messages recorded: ${report.recorded}`);
console.log(
  `  heap after a fifth ${mebibytes(heap.early)} MiB, at the end ${mebibytes(heap.end)} MiB, ratio ${(heap.end / heap.early).toFixed(2)}`,
);
console.log(`  rejections that nobody handled: ${report.unhandled.length}`);
const sound = report.unhandled.length === 0 && control.answered === control.sent && proxied.arrived === proxied.sent;
if (!sound) {
  for (const each of report.unhandled.slice(0, 10)) console.error(each);
  process.exitCode = 1;
}
