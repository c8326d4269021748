import { READER_NAMES, type ReaderName } from '../../session/files.ts';
import { HAR_READER } from './har/har-reader.ts';
import type { FileHead, FormatReader } from './imported.ts';
import { NDJSON_READER, TRACE_READER } from './line-reader.ts';
import { FRAMES_READER, LOG_READER } from './log/log-reader.ts';
import { PCAP_READER } from './pcap/pcap-reader.ts';

/** Every format that is imported, beside session files. */
export const READERS: Readonly<Record<ReaderName, FormatReader>> = {
  pcap: PCAP_READER,
  har: HAR_READER,
  trace: TRACE_READER,
  ndjson: NDJSON_READER,
  frames: FRAMES_READER,
  log: LOG_READER,
};

/** The format of a file that starts like this; undefined where it is none that is known. */
export function detectFormat(head: FileHead): ReaderName | undefined {
  return READER_NAMES.find((name) => READERS[name].detects(head));
}
