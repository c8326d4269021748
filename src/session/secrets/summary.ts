import { parseFrame } from '../../ocpp/frame.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { summaryOf } from '../summary.ts';
import { maskSentence } from './frame.ts';

/** The summary of a frame whose text was masked: made anew, since it may say a part of a secret. */
export function maskedSummary(
  text: string,
  version: OcppVersion | undefined,
  action: string | null,
  summary: string,
  secrets: readonly string[],
): string {
  const parsed = parseFrame(text, version);
  return parsed.ok ? summaryOf(parsed.message, version, action) : maskSentence(summary, secrets);
}
