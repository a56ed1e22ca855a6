/** Loki's levels, the most severe first. */
export const LOG_LEVELS = ['fatal', 'critical', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Words of loggers, in lower case. */
const spellings: Readonly<Record<Exclude<LogLevel, 'unknown'>, string>> = {
  trace: 'trace trc trce trac t finest verbose verb vrb v silly spam all',
  debug: 'debug dbg dbug deb debu d finer fine config conf http diagnostic',
  info: 'info inf i information informational informative notice noti note n success successaudit auditsuccess ok normal log',
  warn: 'warn wrn warning warni w minor caution deprecated deprecation',
  error: 'error err eror erro e severe fail failed failure failureaudit auditfailure exception major',
  critical: 'critical crit crt c alert fault',
  fatal: 'fatal ftl fata f emergency emerg emer panic pani pnc dpanic a assert wtf',
};
const byWord = new Map<string, LogLevel>(
  Object.entries(spellings).flatMap(([level, words]) => words.split(' ').map((word) => [word, level as LogLevel])),
);

const syslog: readonly LogLevel[] = ['fatal', 'critical', 'critical', 'error', 'warn', 'info', 'info', 'debug'];
/** Groups of four from 1. */
const openTelemetry: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const python = numbers({ debug: [10], info: [20, 25], warn: [30], error: [40], critical: [50] });
const azure: readonly LogLevel[] = ['trace', 'info', 'warn', 'error', 'critical'];
/** Numbers that mean one level, whoever writes them: pino and bunyan, Log4j 2, java.util.logging, Log4j 1 and Logback. */
const usual = numbers({
  trace: [10, 600, 5000],
  debug: [20, 500, 700, 10_000],
  info: [30, 400, 800, 20_000],
  warn: [40, 300, 900, 30_000],
  error: [50, 200, 1000, 40_000],
  fatal: [60, 100, 50_000],
});

function numbers(levels: Partial<Record<LogLevel, readonly number[]>>): ReadonlyMap<number, LogLevel> {
  return new Map(
    Object.entries(levels).flatMap(([level, values]) => values.map((value) => [value, level as LogLevel] as const)),
  );
}

/** OTLP numbers levels in groups of four, from 1 to 24. */
export function levelOfSeverity(severity: number): LogLevel {
  return openTelemetry[Math.ceil(severity / 4) - 1] ?? 'unknown';
}

/**
 * The level that a word or a number stands for, in whatever case; undefined where it stands for none. `field` is the name
 * it was found under: the same number is another level in another logger's field.
 */
export function readLogLevel(text: string, field = 'level'): LogLevel | undefined {
  const plain = byWord.get(text.toLowerCase());
  if (plain || text.length > MAX_LEVEL_LENGTH) return plain;
  const bare = text.replace(COLOURS, '').replace(ADORNMENT, '').toLowerCase();
  const word = bare.replace(QUALIFIERS, '');
  if (/^\d{1,5}(?:\.0+)?$/.test(word)) {
    // `Level 25` is how Python names a level that has no name.
    const isPython = word !== bare && bare.startsWith('level ');
    return levelOfNumber(Number(word), isPython ? 'levelno' : field.toLowerCase().replace(/[^a-z]/g, ''));
  }
  for (const spelling of [word, word.replace(STEPS, ''), word.replace(/[ _-]/g, ''), word.replace(AFFIXES, '')]) {
    const level = byWord.get(spelling);
    if (level) return level;
  }
  return undefined;
}

/** Longer ones than a qualified name in colours are sentences. */
const MAX_LEVEL_LENGTH = 80;
const ESCAPE = String.fromCharCode(27);
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g');
/** Brackets, quotes, colons, symbols around it: `[ERROR]`, `<warn>`, `error:`. */
const ADORNMENT = /^[^\p{L}\p{N}+-]+|[^\p{L}\p{N}]+$/gu;
/** What names are qualified with: SEVERITY_NUMBER_ERROR, LOG_ERR, KERN_INFO, LogLevel.Information, E_USER_WARNING, level=error. */
const QUALIFIERS =
  /^(?:(?:severity|sev|number|log|loglevel|level|lvl|logging|logger|log4j|log4net|slog|zap|zapcore|syslog|spdlog|kern|priority|logeventlevel|e(?=_)|user)[ ._:/=-]+)+/;
/** Steps within a level: OpenTelemetry's WARN2, PostgreSQL's DEBUG5, slog's ERROR+4. */
const STEPS = /(?:(?<=[a-z]{4})[1-5]|[+-]\d{1,3})$/;
/** LevelError of slog, ErrorLevel of zap, QtWarningMsg. */
const AFFIXES = /^(?:level|loglevel|qt)(?=[a-z]{4})|(?<=[a-z]{4})(?:level|msg)$/g;

function levelOfNumber(value: number, field: string): LogLevel | undefined {
  if (field === 'severitynumber') return value >= 1 && value <= 24 ? levelOfSeverity(value) : undefined;
  if (field === 'levelno') return python.get(value);
  if (field === 'severitylevel') return azure[value];
  return syslog[value] ?? usual.get(value) ?? (value <= 24 ? levelOfSeverity(value) : undefined);
}
