import type { LogRecord } from '../../../../shared/contract/telemetry';

type Line = Pick<LogRecord, 'line' | 'labels'>;

const parsed = new WeakMap<Line, ReadonlyMap<string, string>>();
/** Longer lines are not read for their fields. */
const mostRead = 64 * 1024;
const mostDepth = 5;
const pair = /([^\s="]+)=("(?:[^"\\]|\\.)*"|[^\s"]*)/g;

/** The value of a field of one line: of its labels, else of what its text holds as JSON or `key=value`. */
export function fieldValue(line: Line, name: string): string | undefined {
  const label = line.labels[name];
  if (label !== undefined) return label;
  let fields = parsed.get(line);
  if (!fields) {
    fields = readFields(line.line);
    parsed.set(line, fields);
  }
  return fields.get(name);
}

function readFields(line: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (line.length > mostRead) return fields;
  const text = line.trim();
  if (text.startsWith('{') && text.endsWith('}')) {
    try {
      flatten(JSON.parse(text), '', fields, 0);
      return fields;
    } catch {
      // No JSON after all.
    }
  }
  for (const [, key = '', value = ''] of text.matchAll(pair))
    if (!fields.has(labelOf(key))) fields.set(labelOf(key), value.startsWith('"') ? unquoted(value) : value);
  return fields;
}

function flatten(value: object, prefix: string, fields: Map<string, string>, depth: number): void {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix === '' ? labelOf(key) : `${prefix}_${labelOf(key)}`;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      if (depth < mostDepth) flatten(inner, name, fields, depth + 1);
    } else if (inner !== null) fields.set(name, typeof inner === 'string' ? inner : JSON.stringify(inner));
  }
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** As Loki names it. */
function labelOf(key: string): string {
  return key.replace(/[^a-zA-Z0-9_]/g, '_');
}
