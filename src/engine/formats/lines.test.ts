import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, linesOf } from './lines.ts';

async function* chunksOf(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function read(chunks: AsyncIterable<Uint8Array>, lineMax?: number): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(chunks, lineMax)) lines.push(line);
  return lines;
}

describe('lines', () => {
  it('are numbered as an editor does, without their breaks, a byte order mark and empty ones', async () => {
    expect(await read(chunksOf('\ufeffone\r\n\n  \nfour'))).toEqual([
      { number: 1, text: { ok: true, value: 'one' } },
      { number: 4, text: { ok: true, value: 'four' } },
    ]);
  });

  it('are the same wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 7 }),
        async (texts, size) => {
          const bytes = Buffer.from(texts.join('\n'));
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          expect(await read(chunksOf(...chunks))).toEqual(await read(chunksOf(bytes)));
        },
      ),
    );
  });

  it('that are too long or no UTF-8 fail, and those behind them are read', async () => {
    const lines = await read(chunksOf('12345', '6\nok\n', Buffer.from([0xff, 10]), 'end'), 5);
    expect(lines).toMatchObject([
      { number: 1, text: { error: { code: 'line-too-long' } } },
      { number: 2, text: { value: 'ok' } },
      { number: 3, text: { error: { code: 'not-utf-8' } } },
      { number: 4, text: { value: 'end' } },
    ]);
  });
});
