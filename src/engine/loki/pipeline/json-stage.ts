import type { Extraction } from '../logql/ast';
import { QueryError } from '../logql/query-error';
import { JsonCursor, type JsonValue } from './json-cursor';
import { extractLabel, type LineStage } from './line-stage';
import type { LogLabels } from './log-labels';
import { sanitizeLabel } from './sanitize-label';

/** Objects within objects of a line: each level is walked once more. */
const maxDepth = 64;

/**
 * `| json`: every scalar of the object becomes a label, nested names joined by `_`; arrays and nulls are left out. Where
 * `required` names labels, the rest of a line is not looked at once all of them are there, nor found broken.
 */
export function compileJson(required: readonly string[]): LineStage {
  return (line, labels) => {
    if (hasAll(labels, required)) return line;
    const cursor = new JsonCursor(line);
    const root = cursor.root();
    if (!root) {
      labels.fail('JSONParserErr', "Value looks like object, but can't find closing '}' symbol");
      return line;
    }
    try {
      extractMembers(cursor, root, '', labels, 1, required);
    } catch (error) {
      labels.fail('JSONParserErr', detailsOf(error));
    }
    return line;
  };
}

function hasAll(labels: LogLabels, required: readonly string[]): boolean {
  return required.length > 0 && required.every((name) => labels.parsed.has(name));
}

// Loki's parser words a line that ends too early so.
function detailsOf(error: unknown): string {
  if (error instanceof NestingError) return error.message;
  return "Value is array, but can't find closing ']' symbol";
}

class NestingError extends Error {}

/** Answers whether it ended early, with all that is required. */
function extractMembers(
  cursor: JsonCursor,
  object: JsonValue,
  prefix: string,
  labels: LogLabels,
  depth: number,
  required: readonly string[],
): boolean {
  if (depth > maxDepth) throw new NestingError(`nested deeper than ${maxDepth} objects`);
  let isDone = false;
  cursor.eachMember(object, (key, value) => {
    const name = join(prefix, key);
    if (value.type === 'object') isDone = extractMembers(cursor, value, name, labels, depth + 1, required);
    else if (value.type !== 'array' && value.type !== 'null' && name !== '') {
      extractLabel(labels, name, cursor.textOf(value));
      isDone = hasAll(labels, required);
    }
    return isDone;
  });
  return isDone;
}

/** The keys that lead to each label of `| json`; empty where the line is no object. */
export function readJsonPaths(line: string): ReadonlyMap<string, readonly string[]> {
  const cursor = new JsonCursor(line);
  const root = cursor.root();
  const paths = new Map<string, readonly string[]>();
  const walk = (object: JsonValue, prefix: string, keys: readonly string[]) => {
    cursor.eachMember(object, (key, value) => {
      const name = join(prefix, key);
      if (value.type === 'object' && keys.length < maxDepth) walk(value, name, [...keys, key]);
      else if (!paths.has(name)) paths.set(name, [...keys, key]);
      return undefined;
    });
  };
  try {
    if (root) walk(root, '', []);
  } catch {
    // What was read before the line broke off stays.
  }
  return paths;
}

function join(prefix: string, key: string): string {
  if (prefix === '') return sanitizeLabel(key);
  const trimmed = key.trim();
  return trimmed === '' ? prefix : `${prefix}_${trimmed.replace(/[^a-zA-Z0-9_]/gu, '_')}`;
}

/** `| json a="x.y[0]"`: one label an expression, empty where the line has no such value. */
export function compileJsonExtraction(extractions: readonly Extraction[]): LineStage {
  const wanted = extractions.map(({ label, path }) => ({ label, path: parsePath(path) }));
  return (line, labels) => {
    if (line === '') return line;
    if (!/^["{[]/.test(line)) {
      labels.fail('JSONParserErr', '');
      return line;
    }
    const cursor = new JsonCursor(line);
    for (const { label, path } of wanted) {
      const value = find(cursor, path);
      if (!value && labels.get(label) !== undefined) continue;
      labels.set(labels.freeName(label), !value || value.type === 'null' ? '' : cursor.textOf(value));
    }
    return line;
  };
}

type Path = readonly (string | number)[];

// The path's own grammar: identifiers joined by dots, ["any key"] and [index].
function parsePath(text: string): Path {
  const step = /\.?([a-zA-Z_][\w]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
  const path: (string | number)[] = [];
  if (text === '') throw new QueryError('parse error : cannot parse expression []: syntax error: unexpected $end');
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match)
      throw new QueryError(`parse error : cannot parse expression [${text}]: syntax error: unexpected character`);
    path.push(match[2] !== undefined ? Number(match[2]) : (match[1] ?? match[3]!.replace(/\\(.)/g, '$1')));
  }
  return path;
}

/** What the path leads to; nothing where the line is no JSON on the way there. */
function find(cursor: JsonCursor, path: Path): JsonValue | undefined {
  try {
    return follow(cursor, cursor.root() ?? cursor.read(0), path);
  } catch {
    return undefined;
  }
}

function follow(cursor: JsonCursor, root: JsonValue, path: Path): JsonValue | undefined {
  let current: JsonValue | undefined = root;
  for (const step of path) {
    const container: JsonValue | undefined = current;
    current = undefined;
    if (container?.type === 'object' && typeof step === 'string') {
      cursor.eachMember(container, (key, value) => {
        if (key === step) current = value;
        return current !== undefined;
      });
    }
    if (container?.type === 'array' && typeof step === 'number') {
      let index = 0;
      cursor.eachElement(container, (value) => {
        if (index++ === step) current = value;
        return current !== undefined;
      });
    }
  }
  return current;
}

/** `| unpack`: strings of a packed line become labels, its `_entry` the line. */
export const unpack: LineStage = (line, labels) => {
  if (line === '') return line;
  const found: [string, string][] = [];
  let entry: string | undefined;
  const cursor = new JsonCursor(line);
  const root = cursor.root();
  if (!root) {
    labels.fail('JSONParserErr', 'expecting json object(6), but it is not');
    return line;
  }
  try {
    cursor.eachMember(root, (key, value) => {
      if (value.type !== 'string') return undefined;
      if (key === '_entry') entry = cursor.textOf(value);
      else found.push([sanitizeLabel(labels.freeName(key)), cursor.textOf(value)]);
      return undefined;
    });
  } catch (error) {
    labels.fail('JSONParserErr', detailsOf(error));
    return line;
  }
  if (entry === undefined) return line;
  for (const [name, value] of found) labels.set(name, value);
  return entry;
};
