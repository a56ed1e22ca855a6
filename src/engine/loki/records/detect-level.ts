import { JsonCursor, type JsonValue } from '../pipeline/json-cursor';
import { scanLogfmt } from '../pipeline/logfmt-stage';

/** Fields that may hold a level, the first of them that a line has counts. */
export const levelFields: readonly string[] = [
  'level',
  'LEVEL',
  'Level',
  'log.level',
  'severity',
  'SEVERITY',
  'Severity',
  'SeverityText',
  'lvl',
  'LVL',
  'Lvl',
  'severity_text',
  'Severity_Text',
  'SEVERITY_TEXT',
];

const levels: Readonly<Record<string, string>> = {
  trace: 'trace',
  trc: 'trace',
  debug: 'debug',
  dbg: 'debug',
  info: 'info',
  inf: 'info',
  information: 'info',
  warn: 'warn',
  wrn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  critical: 'critical',
  fatal: 'fatal',
};
const ranges = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const word = /(?<![^ \t\n[({"'=|])(trace|debug|fatal|critical|error|err|warning|warn|info)(?![^ \t\n[\](){}:,!"'=|])/;

/** A level in its usual spelling, an unknown one as it is. */
export function normalizeLevel(level: string): string {
  return levels[level.toLowerCase()] ?? level;
}

/** OTLP numbers levels in groups of four from 1. */
export function levelOfSeverity(severity: number): string {
  return ranges[Math.ceil(severity / 4) - 1] ?? 'unknown';
}

/** Loki's `detected_level`: from a field of the labels or metadata, else the severity number, else the line's text. */
export function detectLevel(
  stream: ReadonlyMap<string, string>,
  metadata: ReadonlyMap<string, string>,
  severity: number,
  line: string,
): string {
  const own = metadata.get('detected_level');
  if (own !== undefined) return normalizeLevel(own);
  for (const labels of [stream, metadata]) {
    for (const field of levelFields) {
      const value = labels.get(field);
      if (value !== undefined) return normalizeLevel(value);
    }
  }
  return severity > 0 ? levelOfSeverity(severity) : levelOfLine(line);
}

export function levelOfLine(line: string): string {
  let found: string | undefined;
  if (/^\s*\{[\s\S]*\}\s*$/.test(line)) found = findInJson(line);
  else if (line.includes('=')) found = findInLogfmt(line);
  const known = found === undefined ? undefined : levels[found.toLowerCase()];
  if (known !== undefined) return known;
  const match = word.exec(line.toLowerCase());
  return match ? levels[match[1]!]! : 'unknown';
}

// Two levels of objects, as Loki's default depth.
function findInJson(line: string): string | undefined {
  const cursor = new JsonCursor(line);
  let found: string | undefined;
  const search = (object: JsonValue, depth: number) => {
    cursor.eachMember(object, (key, value) => {
      if (value.type === 'string' && levelFields.includes(key)) found = cursor.textOf(value);
      else if (value.type === 'object' && depth < 2) search(value, depth + 1);
      return found !== undefined;
    });
  };
  try {
    search(cursor.read(0), 1);
  } catch {
    return found;
  }
  return found;
}

function findInLogfmt(line: string): string | undefined {
  let best = levelFields.length;
  let found: string | undefined;
  scanLogfmt(line, false, (key, value) => {
    const rank = levelFields.findIndex((field) => field.toLowerCase() === key.toLowerCase());
    if (rank === -1 || rank >= best) return;
    best = rank;
    found = value;
  });
  return found;
}
