import { editor, KeyCode, KeyMod, Uri } from 'monaco-editor/editor';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/format/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/snippet/register';
// The feature 'suggest' of this version leaves its own controller out.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import { type Mark, rangeOf, showMarks } from '../monaco/marks.ts';
import { setUpMonaco, showTheme, WRAPPED_MAX, wireTextOptions } from '../monaco/set-up.ts';
import { newId } from '../new-id.ts';
import { prettyPrint, type Stretch } from '../pretty.ts';
import type { ShownTheme } from '../theme.ts';
import type { EditedMessage } from './edited-message.ts';
import { EDITED_SCHEME, provideFor } from './providers.ts';

/** What an editor asks of those who use it. */
export interface EditorOptions {
  readonly label: string;
  readonly theme: ShownTheme;
  readonly text: string;
  message(): EditedMessage;
  /** A point in time for suggestions. */
  now(): string;
  onChange(text: string): void;
  /** Ctrl-Enter. */
  onSend(): void;
  /** Escape, where it closes nothing within the editor. */
  onLeave(): void;
}

/** An editor for one text. */
export interface MessageTextEditor {
  /** Puts another text in, as an edit that can be undone; the same one changes nothing. */
  set(text: string): void;
  mark(marks: readonly Mark[]): void;
  reveal(stretch: Stretch): void;
  /** Lays JSON out anew, as an edit that can be undone. */
  format(): void;
  theme(theme: ShownTheme): void;
  readOnly(is: boolean): void;
  focus(): void;
  dispose(): void;
}

/** Makes an editor for the text of a message. */
export function createMessageTextEditor(place: HTMLElement, options: EditorOptions): MessageTextEditor {
  setUpMonaco(place);
  const model = editor.createModel(options.text, 'json', Uri.from({ scheme: EDITED_SCHEME, path: `/${newId()}` }));
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  const view = editor.create(place, {
    model,
    ...wireTextOptions(place, options.label, options.theme),
    wordWrap: options.text.length > WRAPPED_MAX ? 'off' : 'on',
    wrappingIndent: 'indent',
    // Tab leaves the editor, so that no keyboard is caught in it.
    tabFocusMode: true,
    autoClosingBrackets: 'languageDefined',
    autoClosingQuotes: 'languageDefined',
    quickSuggestions: { strings: true, other: true, comments: false },
    wordBasedSuggestions: 'off',
    suggest: { showStatusBar: false, showIcons: false, preview: false },
    acceptSuggestionOnCommitCharacter: false,
    renderLineHighlight: 'line',
    hover: { above: false },
  });
  const withdraw = provideFor(model, options.message, options.now);
  // The editor has one kind of line end. Until it is edited, a text counts as it was given, with those that it had.
  let given = { text: options.text, shown: model.getValue() };
  let setting = false;
  const current = (): string => {
    const shown = model.getValue();
    return shown === given.shown ? given.text : shown;
  };
  model.onDidChangeContent(() => {
    if (!setting) options.onChange(current());
  });
  const replace = (text: string): void => {
    view.pushUndoStop();
    view.executeEdits('plugscope', [{ range: model.getFullModelRange(), text }]);
    view.pushUndoStop();
  };
  const set = (text: string): void => {
    if (text === current()) return;
    setting = true;
    replace(text);
    setting = false;
    given = { text, shown: model.getValue() };
  };
  const format = (): void => {
    const { text, json } = prettyPrint(model.getValue(), [], []);
    if (json && text !== model.getValue()) replace(text);
  };
  view.addAction({
    id: 'plugscope.layOut',
    label: 'Lay out JSON',
    keybindings: [KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF],
    contextMenuGroupId: '1_modification',
    run: format,
  });
  view.addAction({
    id: 'plugscope.send',
    label: 'Send',
    keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
    run() {
      view.trigger('plugscope', 'hideSuggestWidget', {});
      options.onSend();
    },
  });
  view.addCommand(
    KeyCode.Escape,
    options.onLeave,
    '!suggestWidgetVisible && !findWidgetVisible && !editorHasSelection && !hasNextTabstop && !markersNavigationVisible && !parameterHintsVisible && !editorHasMultipleSelections',
  );
  return {
    set,
    mark: (marks) => showMarks(model, marks),
    reveal(stretch) {
      const range = rangeOf(model, stretch);
      view.setSelection(range);
      view.revealRangeInCenterIfOutsideViewport(range);
      view.focus();
    },
    format,
    theme: (theme) => showTheme(place, theme),
    readOnly: (readOnly) => view.updateOptions({ readOnly }),
    focus: () => view.focus(),
    dispose() {
      withdraw();
      view.dispose();
      model.dispose();
    },
  };
}
