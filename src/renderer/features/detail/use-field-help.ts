import { useEffect, useMemo, useState } from 'react';
import type { JsonValue } from '../../../ocpp/json.ts';
import type { TimelineRow } from '../../../session/timeline.ts';
import type { FieldHelp, fieldHelpAt } from './field-help.ts';

/** Longer texts are not explained: each look reads them from their beginning. */
const EXPLAINED_MAX = 2_000_000;

/** Explains places of a text. The schemas, more than a megabyte, are loaded when the first message is shown. */
export function useFieldHelp(text: string, json: boolean, row: TimelineRow): (offset: number) => FieldHelp | null {
  const [explain, setExplain] = useState<typeof fieldHelpAt | null>(null);
  useEffect(() => {
    let gone = false;
    void import('./field-help.ts').then((loaded) => gone || setExplain(() => loaded.fieldHelpAt));
    return () => {
      gone = true;
    };
  }, []);
  const { version, direction, action } = row;
  return useMemo((): ((offset: number) => FieldHelp | null) => {
    if (explain === null || !json || text.length > EXPLAINED_MAX) return () => null;
    let frame: { readonly value: JsonValue } | undefined;
    return (offset) => {
      frame ??= { value: JSON.parse(text) as JsonValue };
      return explain(text, offset, { version, direction, part: 'frame', action }, frame.value);
    };
  }, [explain, text, json, version, direction, action]);
}
