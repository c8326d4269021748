import { editor, languages, MarkerSeverity } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/longLinesHelper/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import type { Severity } from '../../../session/finding.ts';
import type { ShownTheme } from '../../app/theme.ts';
import type { Stretch } from './pretty.ts';

/** A finding at its place in the text. */
export interface Mark extends Stretch {
  readonly severity: Severity;
  readonly sentence: string;
  readonly rule: string;
}

/** A read-only editor in the page. */
export interface TextView {
  show(text: string, json: boolean, marks: readonly Mark[]): void;
  /** Brings a stretch into sight and selects it. */
  reveal(stretch: Stretch): void;
  theme(theme: ShownTheme): void;
  dispose(): void;
}

const SEVERITY = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
} as const satisfies Record<Severity, MarkerSeverity>;
const OWNER = 'findings';
/** Longer texts are not wrapped: measuring their lines would stall. */
const WRAPPED_MAX = 100_000;

/** Makes an editor that shows texts. Colours come from the tokens of the page. */
export function createTextView(place: HTMLElement, label: string, theme: ShownTheme): TextView {
  prepare(place);
  const model = editor.createModel('', 'json');
  const view = editor.create(place, {
    model,
    theme: nameOf(theme),
    ariaLabel: label,
    readOnly: true,
    domReadOnly: true,
    readOnlyMessage: { value: 'Messages are shown as they were on the wire.' },
    automaticLayout: true,
    fontSize: 12,
    lineHeight: 18,
    fontFamily: getComputedStyle(place).getPropertyValue('--mono'),
    minimap: { enabled: false },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 4,
    glyphMargin: false,
    folding: true,
    foldingStrategy: 'indentation',
    scrollBeyondLastLine: false,
    renderLineHighlight: 'none',
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    occurrencesHighlight: 'off',
    contextmenu: true,
    stickyScroll: { enabled: false },
    renderValidationDecorations: 'on',
    renderControlCharacters: true,
    unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true, nonBasicASCII: false },
    stopRenderingLineAfter: 20_000,
    maxTokenizationLineLength: 20_000,
    fixedOverflowWidgets: true,
    padding: { top: 8, bottom: 8 },
    scrollbar: { horizontalScrollbarSize: 10, verticalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  });
  const rangeOf = ({ start, length }: Stretch) => {
    const [from, to] = [model.getPositionAt(start), model.getPositionAt(start + Math.max(1, length))];
    return {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    };
  };
  return {
    show(text, json, marks) {
      editor.setModelLanguage(model, json ? 'json' : 'plaintext');
      view.updateOptions({ wordWrap: text.length > WRAPPED_MAX ? 'off' : 'on', wrappingIndent: 'indent' });
      model.setValue(text);
      const markers = marks.map((mark) => ({
        ...rangeOf(mark),
        severity: SEVERITY[mark.severity],
        message: mark.sentence,
        source: mark.rule,
      }));
      editor.setModelMarkers(model, OWNER, markers);
      view.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
      const [first] = marks;
      if (first) view.revealRangeInCenterIfOutsideViewport(rangeOf(first));
    },
    reveal(stretch) {
      const range = rangeOf(stretch);
      view.setSelection(range);
      view.revealRangeInCenterIfOutsideViewport(range);
    },
    theme: (next) => {
      defineThemes(place);
      editor.setTheme(nameOf(next));
    },
    dispose() {
      view.dispose();
      model.dispose();
    },
  };
}

/**
 * Frames were validated by the engine and are only coloured here: the editor's own JSON service, a worker and more than
 * a megabyte, would tell nothing new.
 */
const JSON_TOKENS: languages.IMonarchLanguage = {
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'string.key.json'],
      [/"(?:[^"\\]|\\.)*"/, 'string.value.json'],
      [/-?\d[\d.eE+-]*/, 'number.json'],
      [/true|false|null/, 'keyword.json'],
      [/[{}[\],:]/, 'delimiter'],
    ],
  },
};

const nameOf = (theme: ShownTheme): string => `plugscope-${theme}`;

/** What is the same for every editor of the page; doing it again changes nothing. */
function prepare(place: HTMLElement): void {
  window.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  if (!languages.getLanguages().some(({ id }) => id === 'json')) {
    languages.register({ id: 'json' });
    languages.setMonarchTokensProvider('json', JSON_TOKENS);
  }
  defineThemes(place);
}

function defineThemes(place: HTMLElement): void {
  const style = getComputedStyle(place);
  // The editor wants six digits, and the build writes three where they do.
  const token = (name: string): string =>
    style
      .getPropertyValue(`--${name}`)
      .trim()
      .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  const dark = document.documentElement.dataset.theme === 'dark';
  const plain = (name: string): string => token(name).replace('#', '');
  editor.defineTheme(nameOf(dark ? 'dark' : 'light'), {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: plain('ink') },
      { token: 'string.key.json', foreground: plain('to-csms') },
      { token: 'string.value.json', foreground: plain('ink') },
      { token: 'number.json', foreground: plain('accent') },
      { token: 'keyword.json', foreground: plain('accent') },
      { token: 'delimiter', foreground: plain('ink-muted') },
    ],
    colors: {
      'editor.background': token('ground'),
      'editor.foreground': token('ink'),
      'editorLineNumber.foreground': token('ink-muted'),
      'editorLineNumber.activeForeground': token('ink'),
      'editorError.foreground': token('error'),
      'editorWarning.foreground': token('warning'),
      'editorInfo.foreground': token('ink-muted'),
      'editor.selectionBackground': token('selected'),
      'editor.inactiveSelectionBackground': token('selected'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.border': token('line-strong'),
      'editorWidget.background': token('raised'),
      'editorWidget.border': token('line-strong'),
      'editorIndentGuide.background1': token('line'),
      'editorBracketMatch.border': token('line-strong'),
      'scrollbar.shadow': '#00000000',
      focusBorder: token('focus'),
    },
  });
}
