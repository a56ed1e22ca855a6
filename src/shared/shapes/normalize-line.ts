import { showPlainText } from '../show-plain-text';
import { findMessage, messageKeys } from './find-message';
import { maskValues } from './mask-values';
import { normalizeUrl } from './normalize-url';
import { remembered } from './remembered';
import { textKey } from './text-key';

const mostCharacters = 300;
const mostRead = 16_384;
/** Of a message so much is looked at. */
const mostOfMessage = 4 * mostCharacters;

/**
 * The template of a log line: what varies is `<*>`. Of a line of JSON its message; of `key=value` pairs the keys and its message.
 * The first line of several, at most 300 characters.
 */
export function normalizeLine(line: string): string {
  if (line.length > mostEncoded) return templateOf(line);
  const { written } = encoder.encodeInto(line, encoded);
  const key = lineKey(encoded, 0, written);
  return key === undefined ? ofText(line) : ofKey(key, line);
}

/** Longer lines are few. */
const mostEncoded = 4096;
const encoder = new TextEncoder();
const encoded = new Uint8Array(3 * mostEncoded);
const ofText = remembered((line: string): string => templateOf(line));
const mostKeys = 20_000;
let recentKeys = new Map<number, string>();
let olderKeys = new Map<number, string>();

/** Lines that differ in their values alone have one key: of those only the first is made a template. */
function ofKey(key: number, line: string): string {
  const known = recentKeys.get(key);
  if (known !== undefined) return known;
  const made = olderKeys.get(key) ?? templateOf(line);
  if (recentKeys.size >= mostKeys / 2) {
    olderKeys = recentKeys;
    recentKeys = new Map();
  }
  recentKeys.set(key, made);
  return made;
}

/** The same of one line among many that are alike in all but their values: nothing is remembered of it. */
export function templateOf(line: string): string {
  const plain = line.slice(0, mostRead).trim();
  const message = (messageOfJson(plain) ?? plain).trim();
  const [first = ''] = message.split(/\r?\n/, 1);
  return makeTemplate(first.slice(0, mostOfMessage));
}

/**
 * A number for the template of a line that stands in a text of UTF-8, found without making the template: lines of one key have one
 * template. Undefined: the line is to be looked at by itself.
 */
export function lineKey(text: Uint8Array, from: number, to: number, seed = 0): number | undefined {
  let start = from;
  let end = to;
  while (start < end && isBlank(text[start]!)) start++;
  while (end > start && isBlank(text[end - 1]!)) end--;
  if (end - start > mostRead) return undefined;
  if (start < end && text[start] === 123 && text[end - 1] === 125) {
    const message = findMessage(text, start, end);
    if (!message) return undefined;
    ({ from: start, to: end } = message);
    while (start < end && isBlank(text[start]!)) start++;
    while (end > start && isBlank(text[end - 1]!)) end--;
  }
  // Where characters are longer than a byte, this is less of them than the template is made of.
  if (end - start > mostOfMessage) return undefined;
  return textKey(text, start, end, seed);
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function makeTemplate(message: string): string {
  const shown = showPlainText(message)
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
