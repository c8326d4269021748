import type { Finding } from '../../session/finding.ts';
import type { LinkFacts } from '../../session/link.ts';
import { type MaskOptions, maskFrame, maskSentence } from '../../session/secrets/frame.ts';
import { maskHeaders, maskOpening } from '../../session/secrets/headers.ts';
import { maskedSummary } from '../../session/secrets/summary.ts';
import { type MaskedBytes, maskBytes } from '../capture/import/mask-bytes.ts';
import type { SessionReader } from '../capture/session-reader.ts';
import type { ExportedEntry } from './line-format.ts';
import { withFindings } from './session-entries.ts';

/** What is asked of a session to export it. */
export type ReadableSession = Pick<SessionReader, 'all' | 'entry' | 'link'>;

/** What is to be exported. */
export interface ExportSelection {
  /** The entries; all of them where it is null. */
  readonly entries: ReadonlySet<number> | null;
  /** The last entry, so that a session that grows meanwhile is the same in every pass. */
  readonly upTo: number;
  /** What is taken out; nothing where it is null. */
  readonly mask: MaskOptions | null;
}

/** The entries of a session on their way into a file. */
export interface ExportSource {
  /** Entries that the passes look at, for the progress. */
  readonly upTo: number;
  readonly mask: MaskOptions | null;
  /** The entries in their order; each call is another pass. */
  entries(): AsyncGenerator<ExportedEntry>;
  link(id: number): Promise<LinkFacts | undefined>;
}

/** The selected entries of a session, without secrets where they are to be masked. */
export function exportSource(session: ReadableSession, selection: ExportSelection): ExportSource {
  const { entries, upTo, mask } = selection;
  return {
    upTo,
    mask,
    async *entries() {
      for await (const entry of session.all(1)) {
        if (entry.row.entry > upTo) return;
        if (entries !== null && !entries.has(entry.row.entry)) continue;
        const exported = await withFindings(session, entry);
        yield mask === null ? exported : masked(exported, mask);
      }
    },
    async link(id) {
      const facts = (await session.link(id)) ?? undefined;
      return facts && mask !== null ? maskedLink(facts) : facts;
    },
  };
}

function masked(entry: ExportedEntry, mask: MaskOptions): ExportedEntry {
  const { row } = entry;
  const { text, data, secrets } = withoutSecrets(entry, mask);
  if (secrets.length === 0) return entry;
  const findings = entry.findings.map((finding): Finding => {
    return { ...finding, sentence: maskSentence(finding.sentence, secrets) };
  });
  const summary =
    text === undefined
      ? maskSentence(row.summary, secrets)
      : maskedSummary(text, row.version ?? undefined, row.action, row.summary, secrets);
  return { ...entry, row: { ...row, summary, size: data.byteLength }, text, data, findings, masked: true };
}

function withoutSecrets({ text, data }: ExportedEntry, mask: MaskOptions): MaskedBytes & { readonly text?: string } {
  if (text === undefined) return maskBytes(data, mask);
  const masked = maskFrame(text, mask);
  return { ...masked, data: Buffer.from(masked.text) };
}

function maskedLink(facts: LinkFacts): LinkFacts {
  const { responseHeaders } = facts;
  return { ...maskOpening(facts), ...(responseHeaders ? { responseHeaders: maskHeaders(responseHeaders) } : {}) };
}
