/** A page in place of the workbench: what is wrong, and what to do about it. */
export interface NoticePage {
  readonly status: number;
  readonly title: string;
  readonly html: string;
}

const page = (status: number, title: string, ...paragraphs: string[]): NoticePage => ({
  status,
  title,
  html: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · Plugscope</title>
<style>
:root { color-scheme: light dark; font: 13px/1.6 system-ui, sans-serif }
main { max-width: 34rem; margin: 15vh auto; padding: 0 16px }
h1 { font-size: 18px }
code { font-family: ui-monospace, monospace }
</style>
<main>
<h1>${title}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
</main>
</html>
`,
});

/** Pages by what is wrong. */
export const PAGES = {
  noCookie: page(
    401,
    'This workbench needs its key',
    'Open the whole URL that Plugscope printed where it was started. It ends in <code>?token=…</code>; each start makes a new one.',
    'You did, by a link on another page? Then <a href="/">go on</a>.',
  ),
  wrongToken: page(
    401,
    'This key does not fit',
    'The token in the URL is not the one of the Plugscope that runs now; each start makes a new one. Open the URL that it printed last.',
  ),
  tooManyGuesses: page(429, 'Too many wrong keys', 'Wait a minute, then open the URL that Plugscope printed.'),
  wrongHost: page(
    421,
    'Plugscope does not answer to this name',
    'It answers to the address at which it listens. Start it with <code>--allow-host NAME</code> to reach it by another name.',
  ),
  notFound: page(404, 'There is nothing here', 'The workbench is at <a href="/">the start page</a>.'),
  wrongMethod: page(405, 'Files can only be read', 'The workbench is at <a href="/">the start page</a>.'),
  broken: page(
    500,
    'This file could not be read',
    'Part of the workbench is missing: start Plugscope again to build it.',
  ),
} as const satisfies Record<string, NoticePage>;
