import { systemClock } from '../engine/clock.ts';
import { sweepTemporaryFolders } from '../engine/temporary-folder.ts';
import { EXIT } from './exit-code.ts';
import { run } from './program.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal(process.stdout, process.stderr);
// What a crash left lies there until somebody clears it, and may hold what peers say in confidence.
void sweepTemporaryFolders(systemClock().now().wall);
try {
  process.exitCode = await run(process.argv.slice(2), terminal);
} catch (error) {
  // A fault of ours, which must not look like a verdict on the messages.
  terminal.note(`Plugscope failed: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = EXIT.failed;
}
