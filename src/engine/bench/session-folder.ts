import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the program is: what of the system decides on the folder. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The system as it is. An empty HOME says nothing; the user's entry in the system does. */
export function surroundings(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() || userInfo().homedir };
}

/** The folder in which a user's sessions are kept, as each system has it for an application's data. */
export function sessionFolder({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Plugscope', 'sessions');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Plugscope', 'sessions');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'plugscope', 'sessions');
}

/** Name of the folder of the bench's certificates and keys, within that of the user's data. */
export const AUTHORITY_FOLDER = 'authority';

/** The folder of what is kept beside sessions: the one that was named, or the user's own. */
export function dataFolder(named?: string): string {
  return named ?? dirname(sessionFolder(surroundings()));
}

/** Name of a session that starts at an instant (milliseconds since 1970 UTC), in local time, fit for every file system. */
export function sessionName(wall: number): string {
  const at = new Date(wall);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
}
