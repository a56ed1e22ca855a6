import { compileRegex } from '../../regex/compile-regex';
import { expandReplacement } from '../../regex/expand-replacement';
import { allowText } from './go-value';

function trimStart(value: string, cutset: string): string {
  let from = 0;
  while (from < value.length && cutset.includes(value[from]!)) from++;
  return value.slice(from);
}

function trimEnd(value: string, cutset: string): string {
  let to = value.length;
  while (to > 0 && cutset.includes(value[to - 1]!)) to--;
  return value.slice(0, to);
}

export const trimBoth = (value: string, cutset: string) => trimEnd(trimStart(value, cutset), cutset);
export const trimLeft = trimStart;
export const trimRight = trimEnd;
export const trimPrefix = (value: string, prefix: string) =>
  value.startsWith(prefix) ? value.slice(prefix.length) : value;
export const trimSuffix = (value: string, suffix: string) =>
  suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;

/** The bytes from one to another, as Go cuts a string. */
export function sliceBytes(value: string, from: number, to?: number): string {
  const bytes = Buffer.from(value);
  const end = to ?? bytes.length;
  if (from < 0 || end < 0 || end > bytes.length || from > end) {
    throw new Error(`runtime error: slice bounds out of range [${from}:${end}]`);
  }
  return decodeBytes(bytes.subarray(from, end));
}

// Each byte of a character that was cut becomes one replacement character, as in Go's JSON.
function decodeBytes(bytes: Buffer): string {
  let first = 0;
  while (first < bytes.length && (bytes[first]! & 0xc0) === 0x80) first++;
  let last = bytes.length;
  while (last > first && (bytes[last - 1]! & 0xc0) === 0x80) last--;
  const lead = bytes[last - 1] ?? 0;
  const wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  const end = last > first && bytes.length - last + 1 < wanted ? last - 1 : bytes.length;
  const cut = '\ufffd';
  return cut.repeat(first) + bytes.subarray(first, end).toString() + cut.repeat(bytes.length - end);
}

// Go maps character by character: what would become two stays as it is.
function mapCase(value: string, change: (character: string) => string): string {
  const changed = change(value);
  if (changed.length === value.length) return changed;
  return [...value].map((character) => ([...change(character)].length === 1 ? change(character) : character)).join('');
}

export const upperCase = (value: string) => mapCase(value, (text) => text.toUpperCase());
export const lowerCase = (value: string) => mapCase(value, (text) => text.toLowerCase());

export function truncate(count: number, value: string): string {
  const length = Buffer.byteLength(value);
  if (count < 0) return length + count > 0 ? sliceBytes(value, length + count) : value;
  return length > count ? sliceBytes(value, 0, count) : value;
}

export function substring(start: number, end: number, value: string): string {
  if (start < 0) return sliceBytes(value, 0, end);
  return end < 0 || end > Buffer.byteLength(value) ? sliceBytes(value, start) : sliceBytes(value, start, end);
}

export function align(count: number, value: string, side: 'left' | 'right'): string {
  if (count < 0) return value;
  const characters = [...value];
  allowText(count);
  const padding = ' '.repeat(Math.max(0, count - characters.length));
  if (side === 'left') return characters.slice(0, count).join('') + padding;
  return padding + characters.slice(Math.max(0, characters.length - count)).join('');
}

export function replaceText(value: string, from: string, to: string, limit = -1): string {
  const parts = from === '' ? ['', ...value, ''] : value.split(from);
  const times = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  allowText(value.length + times * to.length);
  return (
    parts.slice(0, times + 1).join(to) +
    parts
      .slice(times + 1)
      .map((part) => from + part)
      .join('')
  );
}

export function repeatText(count: number, value: string): string {
  if (count < 0) throw new Error('strings: negative Repeat count');
  allowText(count * value.length);
  return value.repeat(count);
}

export function indent(spaces: number, value: string): string {
  if (spaces < 0) throw new Error('strings: negative Repeat count');
  const lines = value.split('\n');
  allowText(value.length + spaces * lines.length);
  const padding = ' '.repeat(spaces);
  return lines.map((line) => padding + line).join('\n');
}

export function titleCase(value: string): string {
  return value.replace(
    /(^|[^\p{L}\p{N}_])(\p{L})/gu,
    (_, before: string, letter: string) => before + upperCase(letter),
  );
}

/** Characters in which a pattern is looked for match by match: more would hold the thread for most of a second. */
const MAX_MATCHED_TEXT = 512 * 1024;

function matchesOf(pattern: string, value: string): Iterable<RegExpExecArray> {
  if (value.length > MAX_MATCHED_TEXT)
    throw new Error(
      `regular expressions replace and count in texts of up to ${MAX_MATCHED_TEXT} characters here, not ${value.length}`,
    );
  return compile(pattern).matchAll(value) as Iterable<RegExpExecArray>;
}

function replaceMatches(pattern: string, value: string, replace: (match: RegExpExecArray) => string): string {
  let result = '';
  let from = 0;
  for (const match of matchesOf(pattern, value)) {
    result += value.slice(from, match.index) + replace(match);
    allowText(result.length);
    from = match.index + match[0].length;
  }
  return result + value.slice(from);
}

function compile(pattern: string) {
  try {
    return compileRegex(pattern);
  } catch (error) {
    throw new Error(error instanceof Error ? error.message : String(error));
  }
}

export const replaceAll = (pattern: string, value: string, replacement: string) =>
  replaceMatches(pattern, value, (match) => expandReplacement(replacement, match));
export const replaceAllLiteral = (pattern: string, value: string, replacement: string) =>
  replaceMatches(pattern, value, () => replacement);
export const countMatches = (pattern: string, value: string) => [...matchesOf(pattern, value)].length;

export function urlEncode(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

export function urlDecode(value: string): string {
  const broken = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(value);
  if (broken) throw new Error(`invalid URL escape ${JSON.stringify(broken[0])}`);
  const bytes = value.replaceAll('+', ' ').split(/((?:%[0-9a-fA-F]{2})+)/);
  return bytes
    .map((part, i) => (i % 2 === 0 ? part : Buffer.from(part.replaceAll('%', ''), 'hex').toString()))
    .join('');
}

export function base64Decode(value: string): string {
  const rest = value.length % 4;
  const padded = rest === 2 || rest === 3 ? value + '='.repeat(4 - rest) : value;
  const broken = /[^A-Za-z0-9+/=]|=(?!=?$)/.exec(padded);
  if (broken || rest === 1) return `illegal base64 data at input byte ${broken?.index ?? value.length - 1}`;
  return Buffer.from(padded, 'base64').toString();
}
