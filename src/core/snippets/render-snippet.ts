import type { Snippet } from '../../shared/contract/snippets';
import type { SnippetLanguage, SnippetTarget } from './snippet-target';

/** The complete setup for one language, to copy as it is. */
export function renderSnippet(language: SnippetLanguage, target: SnippetTarget): Snippet {
  return { language: language.id, title: language.title, ...language.render(target) };
}
