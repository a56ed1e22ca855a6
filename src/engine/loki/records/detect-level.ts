import { type LogLevel, levelOfSeverity, readLogLevel } from '../../../shared/log-level';
import { JsonCursor, type JsonValue } from '../pipeline/json-cursor';
import { scanLogfmt } from '../pipeline/logfmt-stage';

/** Fields that may hold a level: Loki's, in its order, and behind them those of other loggers. */
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
  'severityText',
  'log_level',
  'loglevel',
  'logLevel',
  'LogLevel',
  'levelname',
  'level_name',
  '@l',
  'severity_number',
  'severityNumber',
  'SeverityNumber',
  'severityLevel',
  'levelno',
  'level_value',
  'syslog_severity',
  'PRIORITY',
];
// Backwards, so that of two spellings the first one's rank stays.
const ranks = new Map(levelFields.map((field, rank) => [field.toLowerCase(), rank] as const).toReversed());
/** `severity_number` of metadata is the record's own severity, which counts behind every text. */
const metadataFields = levelFields.filter((field) => field !== 'severity_number');
/** Objects within objects, as Loki's default depth. */
const jsonDepth = 2;
/** Only so far is a line without fields searched for a word. */
const searchedCharacters = 64 * 1024;

const word = /(?<![^ \t\n[({"'=|])(trace|debug|fatal|critical|error|err|warning|warn|info)(?![^ \t\n[\](){}:,!"'=|])/;
/** What no sentence has: in capitals and apart, or a letter in brackets or before a tag (Android, glog). */
const capitals =
  /(?<![^\s[(|])(SEVERE|FINE|FINER|FINEST|CRIT|EMERG|EMERGENCY|PANIC|VERBOSE|NOTICE|TRC|TRCE|TRAC|DBG|DBUG|DEBU|INF|WRN|ERRO|FTL|FATA|PANI|VRB)(?![^\s\])|:,])|\[([TVDIWEFC])\]|^([VDIWEF])(?:\/[\w.]+|\d{4} \d\d:\d\d:\d\d)/;

/**
 * The `detected_level` of a line, always one of Loki's levels: from a field of the labels or metadata, else the severity
 * number, else what the line says.
 */
export function detectLevel(
  stream: ReadonlyMap<string, string>,
  metadata: ReadonlyMap<string, string>,
  severity: number,
  line: string,
): LogLevel {
  return levelOfLabels(stream, metadata, severity) ?? levelOfLine(line);
}

/** The same without the line; undefined where only its text can tell. */
export function levelOfLabels(
  stream: ReadonlyMap<string, string>,
  metadata: ReadonlyMap<string, string>,
  severity: number,
): LogLevel | undefined {
  const own = metadata.get('detected_level');
  const level = own === undefined ? undefined : readLogLevel(own);
  if (level) return level;
  for (const labels of [stream, metadata]) {
    for (const field of metadataFields) {
      const text = labels.get(field);
      const found = text === undefined ? undefined : readLogLevel(text, field);
      if (found) return found;
    }
  }
  return severity > 0 ? levelOfSeverity(severity) : undefined;
}

export function levelOfLine(line: string): LogLevel {
  let found: LogLevel | undefined;
  if (/^\s*\{/.test(line) && /\}\s*$/.test(line.slice(-searchedCharacters))) found = findInJson(line);
  else if (line.includes('=')) found = findInLogfmt(line);
  if (found) return found;
  const text = line.length > searchedCharacters ? line.slice(0, searchedCharacters) : line;
  const said = word.exec(text.toLowerCase())?.[1];
  if (said) return readLogLevel(said)!;
  const apart = capitals.exec(text);
  return (apart && readLogLevel(apart[1] ?? apart[2] ?? apart[3]!)) ?? 'unknown';
}

function findInJson(line: string): LogLevel | undefined {
  const cursor = new JsonCursor(line);
  let found: LogLevel | undefined;
  const search = (object: JsonValue, depth: number) => {
    cursor.eachMember(object, (key, value) => {
      const holdsLevel = (value.type === 'string' || value.type === 'number') && levelFields.includes(key);
      if (holdsLevel) found = readLogLevel(cursor.textOf(value), key);
      else if (value.type === 'object' && depth < jsonDepth) search(value, depth + 1);
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

function findInLogfmt(line: string): LogLevel | undefined {
  let best = levelFields.length;
  let found: LogLevel | undefined;
  scanLogfmt(line, false, (key, value) => {
    const rank = ranks.get(key.toLowerCase());
    if (rank === undefined || rank >= best) return;
    const level = readLogLevel(value, key);
    if (!level) return;
    best = rank;
    found = level;
  });
  return found;
}
