import type { WriterName } from '../../session/files.ts';
import { CSV_WRITER } from './csv.ts';
import type { FormatWriter } from './format-writer.ts';
import { HAR_WRITER } from './har/har-writer.ts';
import { HTML_WRITER } from './html/html-report.ts';
import { NDJSON_WRITER, TRACE_WRITER } from './line-writers.ts';
import { PCAPNG_WRITER } from './pcap/pcapng-writer.ts';

/** Every format that is exported, beside session files. */
export const WRITERS: Readonly<Record<WriterName, FormatWriter>> = {
  ndjson: NDJSON_WRITER,
  trace: TRACE_WRITER,
  csv: CSV_WRITER,
  har: HAR_WRITER,
  pcapng: PCAPNG_WRITER,
  html: HTML_WRITER,
};
