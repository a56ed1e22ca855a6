import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../../shared/problem';
import type { Edited, Setting } from './edit';
import { isSet, valueAt } from './edit-json';
import { isObject } from './read-json';
import { readToml } from './read-toml';
import { styleOf } from './text-style';

/**
 * Puts settings into TOML by whole lines, so that comments and layout stay. What comes out is read again and compared: where the
 * document is written in a way that lines do not reach (inline tables, dotted keys), it is left alone and said.
 */
export function editToml(text: string | undefined, settings: readonly Setting[]): Edited {
  return change(text ?? '', settings, putLine, (document, { path, value }) => setAt(document, path, value));
}

/** Takes settings out, or gives them the value that they had before; tables that are empty then go where `made` says so. */
export function takeFromToml(
  text: string,
  settings: readonly (Setting & { before?: unknown })[],
  made: readonly (readonly string[])[],
): Edited {
  const taken = change(
    text,
    settings,
    (lines, { path, before }) => (before === undefined ? takeLines(lines, path) : replaceLine(lines, path, before)),
    (document, { path, before }) => setAt(document, path, before),
  );
  if ('problem' in taken || taken.text === undefined) return taken;
  const lines = splitLines(taken.text);
  for (const path of [...made].sort((one, other) => other.length - one.length)) {
    const table = findTable(lines, path);
    const isEmpty = table && lines.slice(table.from + 1, table.to).every((line) => line.trim() === '');
    if (isEmpty) takeLines(lines, path);
  }
  return { text: lines.join('') };
}

function change<Kind extends Setting>(
  text: string,
  settings: readonly Kind[],
  write: (lines: string[], setting: Kind, eol: string) => boolean,
  expect: (document: Record<string, unknown>, setting: Kind) => void,
): Edited {
  const { eol } = styleOf(text);
  let current = text;
  for (const setting of settings) {
    const before = readToml(current);
    if ('problem' in before) return before;
    const wanted = structuredClone(plain(before.value)) as Record<string, unknown>;
    expect(wanted, setting);
    if (isDeepStrictEqual(plain(before.value), wanted)) continue;
    const lines = splitLines(current);
    if (!write(lines, setting, eol)) return { problem: byHand(setting) };
    const next = lines.join('');
    const after = readToml(next);
    if ('problem' in after || !isDeepStrictEqual(withoutEmpty(plain(after.value)), withoutEmpty(wanted)))
      return { problem: byHand(setting) };
    current = next;
  }
  return { text: current };
}

/** Dates and the like as text: they are compared, and never written. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** A table that holds nothing is as good as none. */
function withoutEmpty(value: unknown): unknown {
  if (!isObject(value)) return value;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, withoutEmpty(inner)] as const)
    .filter(([, inner]) => !isObject(inner) || Object.keys(inner).length > 0);
  return Object.fromEntries(kept);
}

function setAt(document: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = document;
  for (const key of path.slice(0, -1)) {
    if (!isObject(at[key])) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  if (value === undefined) delete at[path.at(-1)!];
  else at[path.at(-1)!] = value;
}

function byHand({ path }: Setting): Problem {
  return {
    kind: 'agent-file-invalid',
    message: `Its ${path.join('.')} is written in a way that cannot be changed safely (an inline table, or dotted keys). It was not touched.`,
    hint: `Set ${path.join('.')} by hand, as shown.`,
  };
}

const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const bareKey = /^[A-Za-z0-9_-]+$/;
const keyText = (key: string) => (bareKey.test(key) ? key : JSON.stringify(key));

/** The lines of `[path]`: from its header to the one of the next table. */
function findTable(lines: readonly string[], path: readonly string[]): { from: number; to: number } | null {
  const header = new RegExp(`^\\s*\\[\\s*${path.map(keyPattern).join('\\s*\\.\\s*')}\\s*\\]\\s*(#.*)?\\r?\\n?$`);
  const from = lines.findIndex((line) => header.test(line));
  if (from < 0) return null;
  const next = lines.findIndex((line, index) => index > from && /^\s*\[/.test(line));
  return { from, to: next < 0 ? lines.length : next };
}

const keyPattern = (key: string) => {
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `(?:${name}|"${name}"|'${name}')`;
};

function findLine(lines: readonly string[], path: readonly string[]): number {
  const table = findTable(lines, path.slice(0, -1));
  if (!table) return -1;
  const assignment = new RegExp(`^\\s*${keyPattern(path.at(-1)!)}\\s*=`);
  return lines.findIndex((line, index) => index > table.from && index < table.to && assignment.test(line));
}

function putLine(lines: string[], setting: Setting, eol: string): boolean {
  const { path, value } = setting;
  if (replaceLine(lines, path, value)) return true;
  const parent = path.slice(0, -1);
  if (isObject(value) && !(Object.keys(value).length > 0 && Object.values(value).every(isObject))) {
    const rows = Object.entries(value).map(([key, inner]) => `${keyText(key)} = ${inline(inner)}${eol}`);
    append(lines, [`[${path.map(keyText).join('.')}]${eol}`, ...rows], eol);
    return true;
  }
  const row = `${keyText(path.at(-1)!)} = ${inline(value)}${eol}`;
  const table = findTable(lines, parent);
  if (!table) {
    append(lines, [`[${parent.map(keyText).join('.')}]${eol}`, row], eol);
    return true;
  }
  let last = table.to - 1;
  while (last > table.from && /^\s*(#.*)?$/.test(lines[last]!.trimEnd())) last--;
  if (!lines[last]!.endsWith('\n')) lines[last] += eol;
  lines.splice(last + 1, 0, row);
  return true;
}

/** A blank line apart from what stands before. */
function append(lines: string[], added: readonly string[], eol: string): void {
  const last = lines.length - 1;
  if (last >= 0 && !lines[last]!.endsWith('\n')) lines[last] += eol;
  if (last >= 0 && lines[last]!.trim() !== '') lines.push(eol);
  lines.push(...added);
}

function replaceLine(lines: string[], path: readonly string[], value: unknown): boolean {
  const at = findLine(lines, path);
  if (at < 0) return false;
  const [, start, end] = /^([^=]*=\s*)[\s\S]*?(\r?\n|$)/.exec(lines[at]!)!;
  // A comment behind the value stays where the value is a plain one.
  const [, comment = ''] = /^[^=]*=\s*(?:"[^"\\]*"|'[^']*'|[A-Za-z0-9_.+-]+)(\s*#.*?)?\r?\n?$/.exec(lines[at]!) ?? [];
  lines[at] = `${start}${inline(value)}${comment}${end}`;
  return true;
}

function takeLines(lines: string[], path: readonly string[]): boolean {
  const at = findLine(lines, path);
  if (at >= 0) {
    lines.splice(at, 1);
    return true;
  }
  const table = findTable(lines, path);
  if (!table) return false;
  let { from, to } = table;
  // The comment above the next table is that table's.
  while (to < lines.length && to - 1 > from && /^\s*(#.*)?$/.test(lines[to - 1]!.trimEnd())) to--;
  if (from > 0 && lines[from - 1]!.trim() === '') from--;
  lines.splice(from, to - from);
  return true;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isObject(value))
    return typeof value === 'string' ? JSON.stringify(value).replaceAll('\u007f', '\\u007F') : String(value);
  const rows = Object.entries(value).map(([key, inner]) => `${keyText(key)} = ${inline(inner)}`);
  return rows.length === 0 ? '{}' : `{ ${rows.join(', ')} }`;
}

export const isSetInToml = (document: unknown, setting: Setting): boolean => isSet(plain(document), setting);
export const tomlValueAt = (document: unknown, path: readonly string[]): unknown => valueAt(plain(document), path);
