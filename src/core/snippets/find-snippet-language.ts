import { distance } from 'fastest-levenshtein';
import type { Problem } from '../../shared/problem';
import { snippetLanguages } from './snippet-languages';
import type { SnippetLanguage } from './snippet-target';

/** A language by its id, title or another name people have for it; the Problem of an unknown one names the nearest and all. */
export function findSnippetLanguage(asked: string): { language: SnippetLanguage } | { problem: Problem } {
  const wanted = plain(asked);
  const language = snippetLanguages.find((each) => namesOf(each).includes(wanted));
  if (language) return { language };
  const nearest = findNearest(wanted);
  return {
    problem: {
      kind: 'unknown-language',
      message: `There is no snippet for ${JSON.stringify(asked)}.`,
      hint: `${nearest ? `Did you mean ${nearest.id}? ` : ''}Known: ${snippetLanguages.map(({ id }) => id).join(', ')}.`,
    },
  };
}

/** `Node.js`, `node-js` and `NODE JS` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s._-]+/g, '');
}

function namesOf({ id, title, aliases }: SnippetLanguage): string[] {
  return [plain(id), plain(title), ...aliases];
}

function findNearest(wanted: string): SnippetLanguage | undefined {
  const scored = snippetLanguages.map((language) => ({
    language,
    edits: Math.min(...namesOf(language).map((name) => distance(wanted, name))),
  }));
  const best = scored.reduce((one, other) => (other.edits < one.edits ? other : one));
  // A third of a name may be mistyped: more is another name, as is any single letter (C, R, D).
  return wanted.length > 1 && best.edits <= Math.ceil(wanted.length / 3) ? best.language : undefined;
}
