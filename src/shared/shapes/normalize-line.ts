import { showPlainText } from '../show-plain-text';
import { maskValues } from './mask-values';
import { normalizeUrl } from './normalize-url';
import { remembered } from './remembered';

const mostCharacters = 300;
const mostRead = 16_384;
/** Where loggers put what they say, those that are read first in front. */
const messageKeys = ['msg', 'message', 'body', 'event', 'error', 'err'] as const;

/**
 * The template of a log line: what varies is `<*>`. Of a line of JSON its message; of `key=value` pairs the keys and its message.
 * The first line of several, at most 300 characters.
 */
export const normalizeLine = remembered((line: string): string => {
  const plain = line.slice(0, mostRead).trim();
  return makeTemplate(messageOfJson(plain) ?? plain);
});

function makeTemplate(message: string): string {
  const [first = ''] = message.trim().split(/\r?\n/, 1);
  const shown = showPlainText(first.slice(0, 4 * mostCharacters))
    .replace(/\b[a-z][a-z0-9+]{1,9}:\/\/[^\s"'<>)\]]+/gi, normalizeUrl)
    .replace(/(?<=^|[\s"'(=[])(?:\/[\w.@~%+-]+){2,}\/?(?:\?[^\s"')\]]*)?/g, (path) => maskPath(path))
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g, '<*>')
    .replace(
      /(?<=^|\s)([A-Za-z_][\w.-]{0,60})=("[^"]{0,1000}"|'[^']{0,1000}'|[^\s"',;]+)/g,
      (pair: string, key: string) => (keepsValue(key) ? pair : `${key}=<*>`),
    );
  return maskValues(shown).replace(/\s+/g, ' ').slice(0, mostCharacters).trim();
}

/** Temporary folders have names that nobody chose. */
function maskPath(path: string): string {
  const temporary = /^\/(?:tmp|private\/tmp|var\/folders|var\/tmp)\//.test(path);
  const end = path.search(/[?#]/);
  const plain = end === -1 ? path : path.slice(0, end);
  return temporary ? '<*>' : maskValues(plain);
}

function keepsValue(key: string): boolean {
  return /^(?:msg|message|level|lvl|severity|event|error|err|logger|component|status|method|code|reason|type|kind|op|action)$/i.test(
    key,
  );
}

function messageOfJson(line: string): string | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const fields = read as Record<string, unknown>;
  for (const key of messageKeys) if (typeof fields[key] === 'string' && fields[key] !== '') return fields[key];
  return Object.keys(fields)
    .sort()
    .map((key) => `${key}=<*>`)
    .join(' ');
}
