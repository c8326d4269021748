import { editor, type IRange, MarkerSeverity } from 'monaco-editor/editor';
import type { Severity } from '../../../session/finding.ts';
import type { Stretch } from '../pretty.ts';

/** A finding at its place in the text. */
export interface Mark extends Stretch {
  readonly severity: Severity;
  readonly sentence: string;
  readonly rule: string;
}

const SEVERITY = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
} as const satisfies Record<Severity, MarkerSeverity>;
const OWNER = 'findings';

/** Underlines findings at their places, instead of those before. */
export function showMarks(model: editor.ITextModel, marks: readonly Mark[]): void {
  const markers = marks.map((mark) => ({
    ...rangeOf(model, mark),
    severity: SEVERITY[mark.severity],
    message: mark.sentence,
    source: mark.rule,
  }));
  editor.setModelMarkers(model, OWNER, markers);
}

/** Where a stretch stands, in lines and columns; an empty one takes the character that follows. */
export function rangeOf(model: editor.ITextModel, { start, length }: Stretch): IRange {
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(start + Math.max(1, length))];
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}
