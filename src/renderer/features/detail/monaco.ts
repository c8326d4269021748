import { editor } from 'monaco-editor/editor';
import { type Mark, rangeOf, showMarks } from '../../app/monaco/marks.ts';
import { setUpMonaco, showTheme, WRAPPED_MAX, wireTextOptions } from '../../app/monaco/set-up.ts';
import type { Stretch } from '../../app/pretty.ts';
import type { ShownTheme } from '../../app/theme.ts';

/** A read-only editor in the page. */
export interface TextView {
  show(text: string, json: boolean, marks: readonly Mark[]): void;
  /** Brings a stretch into sight and selects it. */
  reveal(stretch: Stretch): void;
  theme(theme: ShownTheme): void;
  dispose(): void;
}

/** Makes an editor that shows texts. Colours come from the tokens of the page. */
export function createTextView(place: HTMLElement, label: string, theme: ShownTheme): TextView {
  setUpMonaco(place);
  const model = editor.createModel('', 'json');
  const view = editor.create(place, {
    model,
    ...wireTextOptions(place, label, theme),
    readOnly: true,
    domReadOnly: true,
    readOnlyMessage: { value: 'Messages are shown as they were on the wire.' },
  });
  return {
    show(text, json, marks) {
      editor.setModelLanguage(model, json ? 'json' : 'plaintext');
      view.updateOptions({ wordWrap: text.length > WRAPPED_MAX ? 'off' : 'on', wrappingIndent: 'indent' });
      model.setValue(text);
      showMarks(model, marks);
      view.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
      const [first] = marks;
      if (first) view.revealRangeInCenterIfOutsideViewport(rangeOf(model, first));
    },
    reveal(stretch) {
      const range = rangeOf(model, stretch);
      view.setSelection(range);
      view.revealRangeInCenterIfOutsideViewport(range);
    },
    theme: (next) => showTheme(place, next),
    dispose() {
      view.dispose();
      model.dispose();
    },
  };
}
