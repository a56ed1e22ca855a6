import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../../shared/problem';
import type { Edited, Setting } from './edit';
import { insertMember, removeMember, replaceMember } from './json-members';
import { isObject, readJson } from './read-json';
import { styleOf, type TextStyle } from './text-style';

/** Puts settings into JSON with comments; what stands there keeps its bytes, apart from a comma. */
export function editJson(text: string | undefined, settings: readonly Setting[]): Edited {
  const style = styleOf(text ?? '');
  let current = text ?? '';
  for (const setting of settings) {
    const read = readJson(current);
    if ('problem' in read) return read;
    const refused = refuseParent(read.value, setting);
    if (refused) return { problem: refused };
    if (isSet(read.value, setting)) continue;
    const next = put(current, read.value, setting, style);
    const after = next === null ? null : readJson(next);
    if (next === null || !after || 'problem' in after || !isSet(after.value, setting))
      return { problem: byHand(setting) };
    current = next;
  }
  if ((text ?? '').trim() === '' && !current.endsWith('\n')) current += style.eol;
  return { text: current };
}

/** Takes settings out, or gives them the value that they had before; containers that are empty then go, too, where `made` says so. */
export function takeFromJson(
  text: string,
  settings: readonly (Setting & { before?: unknown })[],
  made: readonly (readonly string[])[],
): Edited {
  let current = text;
  for (const { path, value, inList, before } of settings) {
    if (!inList) {
      current = before === undefined ? removeMember(current, path) : (replaceMember(current, path, before) ?? current);
      continue;
    }
    const read = readJson(current);
    if ('problem' in read) return read;
    const list = valueAt(read.value, path);
    const place = Array.isArray(list) ? list.findIndex((item) => isDeepStrictEqual(item, value)) : -1;
    if (place >= 0) current = removeMember(current, [...path, place]);
  }
  for (const path of [...made].sort((one, other) => other.length - one.length)) {
    const read = readJson(current);
    if ('problem' in read) return read;
    const container = valueAt(read.value, path);
    const isEmpty = Array.isArray(container)
      ? container.length === 0
      : isObject(container) && Object.keys(container).length === 0;
    if (isEmpty && path.length > 0) current = removeMember(current, path);
  }
  return { text: current };
}

export function isSet(document: unknown, { path, value, inList }: Setting): boolean {
  const there = valueAt(document, path);
  if (!inList) return isDeepStrictEqual(there, value);
  return Array.isArray(there) && there.some((item) => isDeepStrictEqual(item, value));
}

export function valueAt(document: unknown, path: readonly string[]): unknown {
  let at = document;
  for (const key of path) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

/** The containers on the way to a setting that are not there. */
export function missingParents(document: unknown, { path, inList }: Setting): string[][] {
  const ends = inList ? path.length : path.length - 1;
  return Array.from({ length: ends }, (_, index) => path.slice(0, index + 1)).filter(
    (parent) => valueAt(document, parent) === undefined,
  );
}

function refuseParent(document: unknown, { path, inList }: Setting): Problem | null {
  for (let length = 1; length < path.length; length++) {
    const parent = valueAt(document, path.slice(0, length));
    if (parent !== undefined && !isObject(parent)) return wrongKind(path.slice(0, length), 'object');
  }
  const there = valueAt(document, path);
  return inList && there !== undefined && !Array.isArray(there) ? wrongKind(path, 'list') : null;
}

function wrongKind(path: readonly string[], kind: string): Problem {
  return {
    kind: 'agent-file-invalid',
    message: `Its ${path.join('.')} is no ${kind}. It was not touched.`,
    hint: 'Mend that setting, then try again.',
  };
}

function byHand({ path }: Setting): Problem {
  return {
    kind: 'agent-file-invalid',
    message: `${path.join('.')} stands in it more than once, or in a way that cannot be changed safely. It was not touched.`,
    hint: `Set ${path.join('.')} by hand, as shown.`,
  };
}

function put(text: string, document: unknown, { path, value, inList }: Setting, style: TextStyle): string | null {
  if (document === undefined) return insertMember('{}', inList ? [...path, 0] : path, value, style);
  const there = valueAt(document, path);
  if (inList) return insertMember(text, [...path, Array.isArray(there) ? there.length : 0], value, style);
  return there === undefined ? insertMember(text, path, value, style) : replaceMember(text, path, value);
}
