import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import type { ReaderName, WriterName } from '../../session/files.ts';
import { fileHead } from './file-source.ts';
import type { ExportedEntry } from './line-format.ts';
import { detectFormat, READERS } from './readers.ts';
import { entryOf, items, written } from './testing/exported.ts';

/** Formats that can carry frames both ways, and whether they carry binary ones. */
const FORMATS = [
  { writer: 'ndjson', reader: 'ndjson', binary: true },
  { writer: 'trace', reader: 'trace', binary: false },
  { writer: 'har', reader: 'har', binary: true },
  { writer: 'pcapng', reader: 'pcap', binary: true },
] as const satisfies readonly { writer: WriterName; reader: ReaderName; binary: boolean }[];

const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((some) => some.toWellFormed()),
  fc.constantFrom('', '</script><b>', '=1+1', '\u202egnp', '[2,"a","Heartbeat",{}]', '\0', 'x'.repeat(70_000)),
);

/** A few links, each of one station in one version, and frames on them in the order of time. */
const frames = fc
  .record({
    links: fc.array(
      fc.record({ station: fc.string({ minLength: 1, unit: 'grapheme' }), version: fc.constantFrom(...OCPP_VERSIONS) }),
      { minLength: 1, maxLength: 3 },
    ),
    frames: fc.array(
      fc.record({
        text,
        binary: fc.boolean(),
        link: fc.nat(2),
        direction: fc.constantFrom('to-csms' as const, 'to-station' as const),
        step: fc.nat(5000),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ links, frames }) => {
    let wall = Date.UTC(2026, 10, 20);
    return frames.map(({ text, binary, link, direction, step }, index): ExportedEntry => {
      wall += step;
      const number = link % links.length;
      const { station, version } = links[number] ?? { station: '', version: '2.1' };
      const row = { entry: index + 1, station: station.toWellFormed(), version, link: number + 1, direction, wall };
      const entry = entryOf(text, row);
      return binary ? { ...entry, text: undefined, binary } : entry;
    });
  });

it.each(FORMATS)('what was exported as $writer is imported as the same frames', async ({ writer, reader, binary }) => {
  await fc.assert(
    fc.asyncProperty(frames, async (all) => {
      const entries = all.filter((entry) => binary || !entry.binary);
      fc.pre(entries.length > 0);
      const { file, leftOut } = await written(writer, entries);
      expect(leftOut).toEqual([]);
      expect(detectFormat(fileHead(file.subarray(0, 65_536)))).toBe(reader);
      const back = (await items(READERS[reader], file)).flatMap((item) => (item.kind === 'frame' ? [item.frame] : []));
      const byLink = (link: number): unknown[] =>
        entries
          .filter(({ row }) => row.link === link)
          .map(({ row: { wall, station, version, direction }, data, binary }) => ({
            wall,
            station,
            version,
            direction,
            data: Buffer.from(data).toString('base64'),
            binary,
          }));
      // A format may put the frames of each link together.
      const links = [...new Set(entries.map(({ row }) => row.link))];
      const stations = new Map(entries.map(({ row }) => [row.link, row.station]));
      for (const link of links) {
        const twins = links.filter((other) => stations.get(other) === stations.get(link));
        if (twins.length > 1) continue;
        const found = back
          .filter(({ station }) => station === stations.get(link))
          .map(({ link: _, data, ...frame }) => ({ ...frame, data: Buffer.from(data).toString('base64') }));
        expect(found).toEqual(byLink(link));
      }
      expect(back.length).toBe(entries.length);
    }),
    { numRuns: 40 },
  );
});
