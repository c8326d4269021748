import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryOf, written } from '../testing/exported.ts';

const HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'&lt;", '\u202etxt.exe', '\0\u0007'];

async function page(texts: readonly string[], name = 'CS-1'): Promise<string> {
  const entries = texts.map((text, index) => ({
    ...entryOf(text, { entry: index + 1, station: name, action: name, summary: name }),
    findings: [{ severity: 'error', rule: name, requirements: [], sentence: name } as const],
  }));
  return (await written('html', entries)).file.toString();
}

it('holds everything that it shows, and lets nothing be loaded or run', async () => {
  const html = await page(['[2,"a","Heartbeat",{"n":1.50}]']);
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${hash}';`);
  expect(html).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\shref=|\sstyle=|\son\w+=/i);
  // As on the wire, but for the layout.
  expect(html).toContain('&quot;n&quot;: 1.50');
});

it('shows hostile strings as text', async () => {
  for (const text of HOSTILE) {
    const html = await page([text, JSON.stringify([2, 'a', 'X', { text }])], text);
    expect(html).not.toMatch(/<script|<img/);
    for (const invisible of ['\u202e', '\u0007', '\0']) expect(html).not.toContain(invisible);
  }
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const tags = (await page([text], text)).match(/<[^>]*>?/g) ?? [];
      const known =
        /^<(!doctype html|\/?(html|head|body|style|title|h1|h2|table|thead|tbody|tr|th|td|details|summary|pre|p|ul|li|strong|em|span|code|small|meta)( [^<>]*)?)>$/;
      expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
