import { editor, languages } from 'monaco-editor/editor';
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
// Services of features that come later: the first editor of the page makes all of them, and takes no more.
import 'monaco-editor/editor/browser/widget/diffEditor/diffProviderFactoryService.js';
import 'monaco-editor/editor/contrib/editorState/browser/keybindingCancellation.js';
import 'monaco-editor/editor/contrib/suggest/browser/suggestMemory.js';
import type { ShownTheme } from '../theme.ts';

/** What is the same for every editor of the page; doing it again changes nothing. */
export function setUpMonaco(place: HTMLElement): void {
  window.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  if (!languages.getLanguages().some(({ id }) => id === 'json')) {
    languages.register({ id: 'json' });
    languages.setMonarchTokensProvider('json', JSON_TOKENS);
    languages.setLanguageConfiguration('json', {
      brackets: [
        ['{', '}'],
        ['[', ']'],
      ],
      autoClosingPairs: [
        { open: '{', close: '}', notIn: ['string'] },
        { open: '[', close: ']', notIn: ['string'] },
        { open: '"', close: '"', notIn: ['string'] },
      ],
      indentationRules: { increaseIndentPattern: /[{[]\s*$/, decreaseIndentPattern: /^\s*[}\]]/ },
    });
  }
  defineThemes(place);
}

/** Puts all editors of the page into a theme, in the colours that the page has now. */
export function showTheme(place: HTMLElement, theme: ShownTheme): void {
  defineThemes(place);
  editor.setTheme(themeName(theme));
}

/** The name under which a theme of ours is known to the editor. */
export function themeName(theme: ShownTheme): string {
  return `plugscope-${theme}`;
}

/** Longer texts are not wrapped: measuring their lines would stall. */
export const WRAPPED_MAX = 100_000;

/** Options of every editor that holds texts of the wire, which may be hostile and large. */
export function wireTextOptions(place: HTMLElement, label: string, theme: ShownTheme) {
  return {
    theme: themeName(theme),
    ariaLabel: label,
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
  } as const satisfies editor.IStandaloneEditorConstructionOptions;
}

/**
 * Frames are checked by code of ours and are only coloured here: the editor's own JSON service, a worker and more than
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
  editor.defineTheme(themeName(dark ? 'dark' : 'light'), {
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
      'editorHoverWidget.foreground': token('ink'),
      'editorHoverWidget.border': token('line-strong'),
      'editorWidget.background': token('raised'),
      'editorWidget.border': token('line-strong'),
      'editorSuggestWidget.background': token('raised'),
      'editorSuggestWidget.border': token('line-strong'),
      'editorSuggestWidget.foreground': token('ink'),
      'editorSuggestWidget.selectedBackground': token('selected'),
      'editorSuggestWidget.selectedForeground': token('ink'),
      'editorSuggestWidget.highlightForeground': token('to-csms'),
      'editorSuggestWidget.focusHighlightForeground': token('to-csms'),
      'diffEditor.diagonalFill': token('line'),
      'editorIndentGuide.background1': token('line'),
      'editorBracketMatch.border': token('line-strong'),
      'scrollbar.shadow': '#00000000',
      focusBorder: token('focus'),
    },
  });
}
