import { createHash } from 'node:crypto';
import { applyEdits, format } from 'jsonc-parser';
import { SEVERITIES, type Severity } from '../../../session/finding.ts';
import type { TimelineRow } from '../../../session/timeline.ts';
import { decimal, duration } from '../../../session/words.ts';
import type { ExportSource } from '../export-source.ts';
import type { FormatWriter, WriteContext } from '../format-writer.ts';
import type { ExportedEntry } from '../line-format.ts';
import { htmlLine, htmlText } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';

/** Names that the tables of the summary hold; peers may send any number of others. */
const NAMES_MAX = 500;
/** Longest frame that is laid out; a longer one stands as it is, cut. */
const PRETTY_MAX = 200_000;

interface Tally {
  calls: number;
  errors: number;
  latencySum: number;
  latencyMax: number;
  answers: number;
}

interface Summary {
  entries: number;
  masked: number;
  first: number;
  last: number;
  readonly stations: Set<string>;
  readonly actions: Map<string, Tally>;
  readonly findings: Map<string, { readonly severity: Severity; count: number; readonly sentence: string }>;
}

/** Writes one HTML page that holds everything it shows: a summary, the findings, each entry with its payload. */
export const HTML_WRITER: FormatWriter = {
  title: 'HTML report',
  extension: '.html',
  async *write(source, context) {
    const summary = await summarised(source);
    yield head(context);
    yield summaryHtml(summary, source, context);
    yield '<h2>Messages</h2>\n<table><thead><tr><th class="number">#</th><th>Time</th><th>Station</th><th></th><th>Message</th></tr></thead>\n<tbody>\n';
    for await (const entry of source.entries()) yield rowHtml(entry);
    yield '</tbody></table>\n</body>\n</html>\n';
  },
};

async function summarised(source: ExportSource): Promise<Summary> {
  const summary: Summary = {
    entries: 0,
    masked: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    stations: new Set(),
    actions: new Map(),
    findings: new Map(),
  };
  for await (const entry of source.entries()) {
    const { row } = entry;
    summary.entries += 1;
    if (entry.masked) summary.masked += 1;
    summary.first = Math.min(summary.first, row.wall);
    summary.last = Math.max(summary.last, row.wall);
    if (summary.stations.size < NAMES_MAX) summary.stations.add(row.station);
    tally(summary, row);
    for (const { rule, severity, sentence } of entry.findings) {
      const known = summary.findings.get(rule);
      if (known) known.count += 1;
      else if (summary.findings.size < NAMES_MAX) summary.findings.set(rule, { severity, count: 1, sentence });
    }
  }
  return summary;
}

function tally({ actions }: Summary, row: TimelineRow): void {
  if (row.action === null || (!actions.has(row.action) && actions.size >= NAMES_MAX)) return;
  const counts = actions.get(row.action) ?? { calls: 0, errors: 0, latencySum: 0, latencyMax: 0, answers: 0 };
  actions.set(row.action, counts);
  if (row.type === 'CALL' || row.type === 'SEND') counts.calls += 1;
  if (row.type === 'CALLERROR') counts.errors += 1;
  if (row.latency === null) return;
  counts.answers += 1;
  counts.latencySum += row.latency;
  counts.latencyMax = Math.max(counts.latencyMax, row.latency);
}

function head({ name }: WriteContext): string {
  // Nothing may be loaded or run; the one style sheet is named by its hash.
  const hash = createHash('sha256').update(REPORT_STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${htmlLine(name)} · Plugscope report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>${htmlLine(name)}</h1>
`;
}

function summaryHtml(summary: Summary, source: ExportSource, { filter, now }: WriteContext): string {
  const { entries, first, last, stations } = summary;
  const span = entries === 0 ? 'nothing' : `${time(first)} to ${time(last)} (${duration(last - first)})`;
  const facts = [
    ['Recorded', `${span}, times in UTC`],
    ['Entries', `${entries.toLocaleString('en')}${filter === '' ? ', all of the session' : ''}`],
    ...(filter === '' ? [] : [['Filter', filter]]),
    ['Stations', [...stations].slice(0, 20).join(', ') + (stations.size > 20 ? ', …' : '')],
    ['Secrets', secretsInWords(summary, source)],
    ['Report made', `${time(now)} by Plugscope`],
  ];
  const rows = facts.map(([name, value]) => `<tr><th>${name}</th><td>${htmlLine(value ?? '', 2000)}</td></tr>`);
  return `<table class="facts">${rows.join('\n')}</table>\n${findingsHtml(summary)}${actionsHtml(summary)}`;
}

function secretsInWords({ masked }: Summary, { mask }: ExportSource): string {
  if (mask === null) return 'kept, as whoever made this report chose';
  const what = mask.idTokens ? 'passwords, keys and identification tokens' : 'passwords and keys';
  const frames = masked === 1 ? '1 message is' : `${masked.toLocaleString('en')} messages are`;
  return `masked (${what}): ${frames} not as on the wire`;
}

function findingsHtml({ findings }: Summary): string {
  if (findings.size === 0) return '<h2>Findings</h2>\n<p class="about">None.</p>\n';
  const rows = [...findings]
    .toSorted(([, a], [, b]) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.count - a.count)
    .map(
      ([rule, { severity, count, sentence }]) =>
        `<tr><td class="${severity}">${severity}</td><td>${htmlLine(rule)}</td><td class="number">${count.toLocaleString('en')}</td><td>${htmlLine(sentence)}</td></tr>`,
    );
  return `<h2>Findings</h2>\n<table><thead><tr><th>Severity</th><th>Rule</th><th class="number">Count</th><th>The first of them</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>\n`;
}

function actionsHtml({ actions }: Summary): string {
  const rows = [...actions]
    .toSorted(([, a], [, b]) => b.calls - a.calls)
    .map(([action, { calls, errors, answers, latencySum, latencyMax }]) => {
      const mean = answers === 0 ? '' : `${decimal(latencySum / answers, 1)} ms`;
      const longest = answers === 0 ? '' : `${decimal(latencyMax, 1)} ms`;
      return `<tr><td>${htmlLine(action)}</td><td class="number">${calls}</td><td class="number">${errors}</td><td class="number">${mean}</td><td class="number">${longest}</td></tr>`;
    });
  if (rows.length === 0) return '';
  return `<h2>Actions</h2>\n<table><thead><tr><th>Action</th><th class="number">Requests</th><th class="number">Errors</th><th class="number">Mean answer</th><th class="number">Longest</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>\n`;
}

function rowHtml(entry: ExportedEntry): string {
  const { row, findings, masked } = entry;
  const arrow = row.direction === 'to-csms' ? '→ CSMS' : '← CSMS';
  const what = [row.type ?? row.kind, row.action ?? ''].filter((part) => part !== '').join(' ');
  const latency = row.latency === null ? '' : ` · ${decimal(row.latency, 1)} ms`;
  const notes = [row.origin === 'edited' || row.origin === 'injected' ? row.origin : '', row.fate ?? ''].filter(
    Boolean,
  );
  const title = `<strong>${htmlLine(what)}</strong>${latency} ${htmlLine(row.summary)}${notes.length > 0 ? ` <em>(${notes.join(', ')})</em>` : ''}`;
  const said = findings.map(
    ({ severity, sentence }) => `<li class="${severity}">${severity}: ${htmlLine(sentence)}</li>`,
  );
  const mask = masked ? '<span class="masked">Secrets were masked in this message.</span>' : '';
  const body =
    row.kind === 'frame'
      ? `<details><summary>${title}</summary>${mask}<pre>${payloadHtml(entry)}</pre></details>`
      : title;
  return `<tr><td class="number">${row.entry}</td><td class="time">${time(row.wall)}</td><td>${htmlLine(row.station, 64)}</td><td class="time">${arrow}</td><td>${body}${said.length > 0 ? `<ul>${said.join('')}</ul>` : ''}</td></tr>\n`;
}

function payloadHtml({ text, data }: ExportedEntry): string {
  if (text === undefined) return htmlText(`base64: ${Buffer.from(data).toString('base64').slice(0, PRETTY_MAX)}`);
  if (text.length > PRETTY_MAX) return `${htmlText(text.slice(0, PRETTY_MAX))}…`;
  // Laid out by blanks alone: numbers and doubled names stay as they were on the wire.
  return htmlText(applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2 })));
}

function time(wall: number): string {
  return new Date(wall).toISOString().replace('T', ' ').replace('Z', '');
}
