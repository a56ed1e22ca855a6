import type { SnippetLanguage } from './snippet-target';

/** In the order they are offered. */
export const snippetLanguages: readonly SnippetLanguage[] = [];
