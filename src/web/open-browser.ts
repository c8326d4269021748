import { spawn } from 'node:child_process';

/** What of the system says whether there is a browser to open, and how. */
export interface Desktop {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Program and arguments that open a URL in the user's browser; undefined where there is no desktop session. */
export function browserCommand(url: string, { platform, env }: Desktop): readonly [string, ...string[]] | undefined {
  if (env.CI || env.SSH_CONNECTION) return undefined;
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  if (platform === 'darwin') return ['open', url];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', url] : undefined;
}

/** Opens a URL in the user's browser where there is one; where that fails, the URL is on the screen anyway. */
export function openBrowser(url: string): void {
  const command = browserCommand(url, { platform: process.platform, env: process.env });
  if (!command) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
