import type { TimelineRow } from '../../session/timeline.ts';

/** What every format with a place for it says of an entry: its time in ISO 8601, its latency in milliseconds. */
export function rowFields(row: TimelineRow) {
  return {
    entry: row.entry,
    time: new Date(row.wall).toISOString(),
    link: row.link,
    station: row.station,
    version: row.version,
    direction: row.direction,
    kind: row.kind,
    type: row.type,
    action: row.action,
    messageId: row.messageId,
    latencyMs: row.latency === null ? null : Math.round(row.latency * 1000) / 1000,
    summary: row.summary,
  };
}
