import type { Snippet } from '../../shared/contract/snippets';
import { snippetLanguages } from './snippet-languages';
import type { SnippetTarget } from './snippet-target';

/** The complete setup for one language, to copy as it is; null for a language that is not known. */
export function renderSnippet(language: string, target: SnippetTarget): Snippet | null {
  const found = snippetLanguages.find(({ id }) => id === language);
  return found ? { language: found.id, title: found.title, ...found.render(target) } : null;
}
