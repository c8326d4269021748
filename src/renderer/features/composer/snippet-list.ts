import type { Snippet } from '../../../workspace/snippet.ts';

/** Snippets with an edit that can be undone: those before it, and what it was in words. */
export interface SnippetEdit {
  readonly before: readonly Snippet[];
  readonly words: string;
}

/** With a snippet added under its name, or in the place of the one that has it. */
export function saved(snippets: readonly Snippet[], snippet: Snippet): readonly Snippet[] {
  const others = snippets.filter(({ name }) => name !== snippet.name);
  return [...others, snippet].sort((a, b) => a.name.localeCompare(b.name));
}

/** With another name for one of them. */
export function renamed(snippets: readonly Snippet[], id: string, name: string): readonly Snippet[] {
  const found = snippets.find((snippet) => snippet.id === id);
  return found ? saved(without(snippets, id), { ...found, name }) : snippets;
}

/** Without one of them. */
export function without(snippets: readonly Snippet[], id: string): readonly Snippet[] {
  return snippets.filter((snippet) => snippet.id !== id);
}
