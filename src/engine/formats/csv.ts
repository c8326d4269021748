import { stringify } from 'csv-stringify/sync';
import type { FormatWriter } from './format-writer.ts';
import type { ExportedEntry } from './line-format.ts';
import { rowFields } from './row-fields.ts';

const COLUMNS = [
  'entry',
  'time',
  'link',
  'station',
  'version',
  'direction',
  'kind',
  'type',
  'action',
  'messageId',
  'latencyMs',
  'summary',
  'severity',
  'findings',
  'size',
  'origin',
  'fate',
  'masked',
  'frame',
] as const;

/** A cell that a spreadsheet would take for a formula gets an apostrophe: a peer's text must not run. */
const OPTIONS = { escape_formulas: true, record_delimiter: 'windows' } as const;
/** By it spreadsheets see that the file is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** Writes comma-separated values (RFC 4180), one line an entry. */
export const CSV_WRITER: FormatWriter = {
  title: 'CSV',
  extension: '.csv',
  async *write(source) {
    yield BYTE_ORDER_MARK + stringify([[...COLUMNS]], OPTIONS);
    for await (const entry of source.entries()) yield stringify([cellsOf(entry)], OPTIONS);
  },
};

function cellsOf({ row, findings, text, data, masked }: ExportedEntry): (string | number | null)[] {
  const cells: Record<(typeof COLUMNS)[number], string | number | null> = {
    ...rowFields(row),
    severity: row.severity,
    findings: findings.map(({ rule, sentence }) => `${rule}: ${sentence}`).join('\n'),
    size: row.size,
    origin: row.origin,
    fate: row.fate,
    masked: masked ? 'yes' : null,
    frame: row.kind === 'frame' ? (text ?? `base64:${Buffer.from(data).toString('base64')}`) : null,
  };
  return COLUMNS.map((column) => cells[column]);
}
