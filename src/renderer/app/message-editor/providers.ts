import { type editor, languages } from 'monaco-editor/editor';
import { rangeOf } from '../monaco/marks.ts';
import { type Completion, completionsAt } from './completions.ts';
import type { EditedMessage } from './edited-message.ts';
import { explanationAt } from './hover.ts';

/** Texts of the editors that have providers; others, such as what the detail shows, keep to themselves. */
export const EDITED_SCHEME = 'plugscope-edited';
const SELECTOR = { language: 'json', scheme: EDITED_SCHEME };

/** Registers completions and hovers for one text; yields how to take them back. `message` is asked each time. */
export function provideFor(model: editor.ITextModel, message: () => EditedMessage, now: () => string): () => void {
  const registered = [
    languages.registerCompletionItemProvider(SELECTOR, {
      triggerCharacters: ['"', ':'],
      provideCompletionItems(asked, position) {
        if (asked !== model) return { suggestions: [] };
        const found = orNone(() => completionsAt(model.getValue(), model.getOffsetAt(position), message(), now()), []);
        return { suggestions: found.map((completion) => itemOf(completion, model)) };
      },
    }),
    languages.registerHoverProvider(SELECTOR, {
      provideHover(asked, position) {
        if (asked !== model) return null;
        const found = orNone(() => explanationAt(model.getValue(), model.getOffsetAt(position), message()), null);
        if (found === null) return null;
        const { title, limits, description, values, start, length } = found;
        const lines = [`**${title}**: ${limits}`, description, values.join(', ')];
        return {
          contents: lines.filter((line) => line !== '').map((value) => ({ value: plainMarkdown(value) })),
          range: rangeOf(model, { start, length }),
        };
      },
    }),
  ];
  return () => {
    for (const registration of registered) registration.dispose();
  };
}

/** A text that is nested too deep for the parser's stack has no help; it can be edited all the same. */
function orNone<T>(find: () => T, none: T): T {
  try {
    return find();
  } catch {
    return none;
  }
}

function itemOf(completion: Completion, model: editor.ITextModel): languages.CompletionItem {
  const { kind, label, detail, documentation, insert, cursor, start, end, required } = completion;
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
  const range = {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
  const at = cursor ?? insert.length;
  return {
    label,
    kind: kind === 'property' ? languages.CompletionItemKind.Property : languages.CompletionItemKind.Value,
    detail,
    documentation,
    insertText: `${snippetText(insert.slice(0, at))}$0${snippetText(insert.slice(at))}`,
    insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
    // What is typed may have its quotes already or not.
    filterText: model.getValueInRange(range).startsWith('"') ? `"${label}"` : label,
    sortText: `${required ? 0 : 1}${label}`,
    range,
    ...(cursor === undefined ? {} : { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } }),
  };
}

function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** Descriptions come from the schemas, and are shown as the plain text that they are. */
function plainMarkdown(text: string): string {
  return text.replace(/[<>&[\]_`~\\#]/g, '\\$&').replace(/\n/g, '\n\n');
}
