import { compileRegex } from '../pipeline/compile-regex';
import { expandReplacement } from '../pipeline/expand-replacement';
import { printValue, type TemplateValue } from './template-value';

export type TemplateFunction = (...values: TemplateValue[]) => TemplateValue;

const text = (value: TemplateValue | undefined) => printValue(value ?? '');
const whole = (value: TemplateValue | undefined) => Math.trunc(Number(value ?? 0)) || 0;

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

function truncate(count: number, value: string): string {
  const characters = [...value];
  if (count < 0) return characters.slice(count).join('');
  return characters.slice(0, count).join('');
}

function substring(start: number, end: number, value: string): string {
  const characters = [...value];
  if (start < 0) return end < 0 ? '' : characters.slice(0, end).join('');
  return characters.slice(start, end < 0 ? undefined : end).join('');
}

function align(count: number, value: string, side: 'left' | 'right'): string {
  const characters = [...value];
  if (count < 0) return value;
  const padding = ' '.repeat(Math.max(0, count - characters.length));
  if (side === 'left') return characters.slice(0, count).join('') + padding;
  return padding + characters.slice(Math.max(0, characters.length - count)).join('');
}

function replaceLimited(value: string, from: string, to: string, limit: number): string {
  if (limit < 0) return value.replaceAll(from, () => to);
  const parts = value.split(from);
  return (
    parts.slice(0, limit + 1).join(to) +
    parts
      .slice(limit + 1)
      .map((part) => from + part)
      .join('')
  );
}

function replaceMatches(pattern: string, value: string, replace: (match: RegExpExecArray) => string): string {
  let result = '';
  let from = 0;
  for (const match of compileRegex(pattern).matchAll(value) as Iterable<RegExpExecArray>) {
    result += value.slice(from, match.index) + replace(match);
    from = match.index + match[0].length;
  }
  return result + value.slice(from);
}

const indent = (spaces: number, value: string) => value.replace(/^/gm, ' '.repeat(spaces));

/** Functions on text, under the names Loki's templates have; the older ones take the text first, sprig's take it last. */
export const stringFunctions: Readonly<Record<string, TemplateFunction>> = {
  ToLower: (value) => text(value).toLowerCase(),
  ToUpper: (value) => text(value).toUpperCase(),
  Replace: (value, from, to, limit) => replaceLimited(text(value), text(from), text(to), whole(limit)),
  Trim: (value, cutset) => trimEnd(trimStart(text(value), text(cutset)), text(cutset)),
  TrimLeft: (value, cutset) => trimStart(text(value), text(cutset)),
  TrimRight: (value, cutset) => trimEnd(text(value), text(cutset)),
  TrimPrefix: (value, prefix) =>
    text(value).startsWith(text(prefix)) ? text(value).slice(text(prefix).length) : text(value),
  TrimSuffix: (value, suffix) =>
    text(value).endsWith(text(suffix)) && text(suffix) ? text(value).slice(0, -text(suffix).length) : text(value),
  TrimSpace: (value) => text(value).trim(),
  lower: (value) => text(value).toLowerCase(),
  upper: (value) => text(value).toUpperCase(),
  title: (value) =>
    text(value).replace(
      /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    ),
  trim: (value) => text(value).trim(),
  trimAll: (cutset, value) => trimEnd(trimStart(text(value), text(cutset)), text(cutset)),
  trimPrefix: (prefix, value) => stringFunctions.TrimPrefix!(value!, prefix!),
  trimSuffix: (suffix, value) => stringFunctions.TrimSuffix!(value!, suffix!),
  replace: (from, to, value) => text(value).replaceAll(text(from), () => text(to)),
  repeat: (count, value) => text(value).repeat(Math.max(0, Math.min(whole(count), 10_000))),
  trunc: (count, value) => truncate(whole(count), text(value)),
  substr: (start, end, value) => substring(whole(start), whole(end), text(value)),
  contains: (part, value) => text(value).includes(text(part)),
  hasPrefix: (prefix, value) => text(value).startsWith(text(prefix)),
  hasSuffix: (suffix, value) => text(value).endsWith(text(suffix)),
  indent: (spaces, value) => indent(whole(spaces), text(value)),
  nindent: (spaces, value) => `\n${indent(whole(spaces), text(value))}`,
  alignLeft: (count, value) => align(whole(count), text(value), 'left'),
  alignRight: (count, value) => align(whole(count), text(value), 'right'),
  regexReplaceAll: (pattern, value, replacement) =>
    replaceMatches(text(pattern), text(value), (match) => expandReplacement(text(replacement), match)),
  regexReplaceAllLiteral: (pattern, value, replacement) =>
    replaceMatches(text(pattern), text(value), () => text(replacement)),
  count: (pattern, value) => [...compileRegex(text(pattern)).matchAll(text(value))].length,
  urlencode: (value) =>
    encodeURIComponent(text(value))
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  urldecode: (value) => decodeURIComponent(text(value).replaceAll('+', ' ')),
  b64enc: (value) => Buffer.from(text(value)).toString('base64'),
  b64dec: (value) => Buffer.from(text(value), 'base64').toString(),
};
