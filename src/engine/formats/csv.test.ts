import { expect, it } from 'vitest';
import { entryOf, written } from './testing/exported.ts';

it('is a table whose cells no spreadsheet runs', async () => {
  const { file } = await written('csv', [
    entryOf('[2,"a","X",{"q":"\\"\n"}]', { station: '=HYPERLINK("http://evil")', summary: '+1', latency: null }),
    { ...entryOf(''), text: undefined, binary: true, data: Buffer.of(255) },
  ]);
  const [head, first, ...rest] = file.toString().split('\r\n');
  expect(head).toMatch(/^\ufeffentry,time,link,station,version,/);
  expect(first).toContain(`,"'=HYPERLINK(""http://evil"")",`);
  expect(first).toContain(",'+1,");
  expect(rest.join('')).toContain('base64:/w==');
});
