import { systemClock } from '../../clock.ts';
import { startRecording } from '../recording.ts';

/*
 * Records under load into the session named first, and forwards to standard output until it is killed: one line for
 * each frame, once it may go. Frames come in bursts, from several links, of sizes as they are on the wire.
 */
const [path = ''] = process.argv.slice(2);
const started = await startRecording({ path, clock: systemClock(), onFull: 'stop' });
if (!started.ok) throw new Error(started.error.sentence);
const recording = started.value;
const links = Array.from({ length: 5 }, (_, index) => {
  const station = `CS-${index}`;
  const link = recording.openLink({
    peer: 'station',
    opener: 'peer',
    station,
    url: `/${station}`,
    requestHeaders: [],
    offered: ['ocpp2.1'],
  });
  recording.negotiated(link, { status: 101, chosen: 'ocpp2.1', version: '2.1' });
  return link;
});
// Tells one process's frames from another's where the session is gone on with.
const run = process.pid;
let number = 0;
process.stdout.on('error', () => process.exit());
setInterval(() => {
  for (let burst = 0; burst < 40; burst++) {
    const padding = 'x'.repeat((number * 37) % 2000);
    const text = JSON.stringify([2, `${run}-${number}`, 'DataTransfer', { vendorId: 'load', data: padding }]);
    const link = links[number % links.length] ?? 1;
    recording.frame(link, 'to-csms', 'received', Buffer.from(text), false, () => process.stdout.write(`${text}\n`));
    number += 1;
  }
}, 1);
