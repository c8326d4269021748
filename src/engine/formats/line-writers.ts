import type { FormatWriter } from './format-writer.ts';
import { NDJSON, ndjsonLine } from './ndjson.ts';
import { OPEN_OCPP_TRACE, traceLine } from './open-ocpp-trace.ts';

/** Writes Plugscope NDJSON. */
export const NDJSON_WRITER: FormatWriter = {
  title: NDJSON.title,
  extension: '.ndjson',
  async *write(source) {
    for await (const entry of source.entries()) {
      const link = entry.row.kind === 'frame' ? undefined : await source.link(entry.row.link);
      yield `${ndjsonLine(entry, link)}\n`;
    }
  },
};

/** Writes Open OCPP Trace. */
export const TRACE_WRITER: FormatWriter = {
  title: OPEN_OCPP_TRACE.title,
  extension: '.ndjson',
  async *write(source, { leaveOut }) {
    for await (const entry of source.entries()) {
      const line = traceLine(entry);
      if (line === undefined) leaveOut(entry);
      else yield `${line}\n`;
    }
  },
};
