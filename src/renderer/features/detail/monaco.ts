import { editor, type IDisposable, languages } from 'monaco-editor/editor';
import { type Mark, rangeOf, showMarks } from '../../app/monaco/marks.ts';
import { setUpMonaco, showTheme, WRAPPED_MAX, wireTextOptions } from '../../app/monaco/set-up.ts';
import type { Stretch } from '../../app/pretty.ts';
import type { ShownTheme } from '../../app/theme.ts';
import { visibleLine } from '../../app/visible-text.ts';
import type { FieldHelp } from './field-help.ts';

/** What an editor shows. */
export interface ShownText {
  readonly text: string;
  readonly json: boolean;
  readonly marks: readonly Mark[];
  /** What stands at an offset of the text. */
  help(offset: number): FieldHelp | null;
}

/** A read-only editor in the page. */
export interface TextView {
  show(shown: ShownText): void;
  /** Brings a stretch into sight and selects it. */
  reveal(stretch: Stretch): void;
  theme(theme: ShownTheme): void;
  dispose(): void;
}

/** Makes an editor that shows texts, and tells where its cursor stands. Colours come from the tokens of the page. */
export function createTextView(
  place: HTMLElement,
  label: string,
  theme: ShownTheme,
  onCursor: (offset: number) => void,
): TextView {
  setUpMonaco(place);
  const model = editor.createModel('', 'json');
  const view = editor.create(place, {
    model,
    ...wireTextOptions(place, label, theme),
    readOnly: true,
    domReadOnly: true,
    // The message pane has a menu of its own.
    contextmenu: false,
    readOnlyMessage: { value: 'Messages are shown as they were on the wire.' },
  });
  let shown: ShownText | null = null;
  const hovers = provideHovers(model, (offset) => shown?.help(offset) ?? null);
  view.onDidChangeCursorPosition(({ position }) => onCursor(model.getOffsetAt(position)));
  return {
    show(next) {
      const { text, json, marks } = next;
      const known = shown?.marks === marks;
      shown = next;
      if (model.getValue() !== text) {
        editor.setModelLanguage(model, json ? 'json' : 'plaintext');
        view.updateOptions({ wordWrap: text.length > WRAPPED_MAX ? 'off' : 'on', wrappingIndent: 'indent' });
        model.setValue(text);
        view.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
      }
      if (known) return;
      showMarks(model, marks);
      // Its room may just have changed with the list of findings below it.
      view.layout();
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
      hovers.dispose();
      view.dispose();
      model.dispose();
    },
  };
}

/** Values of an enumeration that a hover lists; the rest is counted. */
const VALUES_SHOWN = 40;

function provideHovers(model: editor.ITextModel, help: (offset: number) => FieldHelp | null): IDisposable {
  return languages.registerHoverProvider('json', {
    provideHover(asked, position) {
      const found = asked === model ? help(model.getOffsetAt(position)) : null;
      if (found === null) return null;
      const { path, limits, description, values, start, length } = found;
      const rest = values.length - VALUES_SHOWN;
      const listed = values.slice(0, VALUES_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
      const lines = [
        `**${asWords(visibleLine(path, 200))}**${limits === '' ? '' : `  —  ${asWords(limits)}`}`,
        asWords(description),
        listed === '' ? '' : `One of: ${asWords(listed)}`,
      ];
      return {
        range: rangeOf(model, { start, length }),
        contents: lines.filter((line) => line !== '').map((value) => ({ value })),
      };
    },
  });
}

/** Words as they are: nothing in them is Markdown, since names of fields are a peer's. */
function asWords(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&$:]/g, String.raw`\$&`).replace(/\n/g, '  \n');
}
