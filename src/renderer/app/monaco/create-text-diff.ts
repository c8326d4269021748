import { editor } from 'monaco-editor/editor';
import 'monaco-editor/features/diffEditor/register';
import type { ShownTheme } from '../theme.ts';
import { setUpMonaco, showTheme, wireTextOptions } from './set-up.ts';

/** Two texts side by side, with what differs. */
export interface TextDiffView {
  show(before: string, after: string): void;
  theme(theme: ShownTheme): void;
  dispose(): void;
}

/** Makes a view of two texts, which stand one above the other where there is little room. */
export function createTextDiff(place: HTMLElement, label: string, theme: ShownTheme): TextDiffView {
  setUpMonaco(place);
  const [original, modified] = [editor.createModel('', 'json'), editor.createModel('', 'json')];
  const view = editor.createDiffEditor(place, {
    ...wireTextOptions(place, label, theme),
    folding: false,
    readOnly: true,
    domReadOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    renderSideBySideInlineBreakpoint: 520,
    renderOverviewRuler: false,
    renderMarginRevertIcon: false,
    hideUnchangedRegions: { enabled: true, minimumLineCount: 4, contextLineCount: 3 },
    maxComputationTime: 2000,
    diffWordWrap: 'off',
  });
  view.setModel({ original, modified });
  return {
    show(before, after) {
      if (original.getValue() !== before) original.setValue(before);
      if (modified.getValue() !== after) modified.setValue(after);
    },
    theme: (next) => showTheme(place, next),
    dispose() {
      view.dispose();
      original.dispose();
      modified.dispose();
    },
  };
}
