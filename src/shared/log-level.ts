/** Loki's levels, the most severe first. */
export const LOG_LEVELS = ['fatal', 'critical', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Words of loggers, in lower case. */
const spellings: Readonly<Record<Exclude<LogLevel, 'unknown'>, string>> = {
  trace: 'trace trc trce t finest verbose vrb v silly all',
  debug: 'debug dbg dbug deb d finer fine config conf http',
  info: 'info inf i information informational informative notice note n success log',
  warn: 'warn wrn warning w',
  error: 'error err eror e severe fail failure',
  critical: 'critical crit crt c alert',
  fatal: 'fatal ftl f emergency emerg panic pnc dpanic a assert',
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
  const word = text.trim().toLowerCase();
  if (/^\d{1,5}$/.test(word)) return levelOfNumber(Number(word), field.toLowerCase().replace(/[^a-z]/g, ''));
  // OpenTelemetry's and PostgreSQL's steps within a level: WARN2, DEBUG5.
  return byWord.get(word) ?? byWord.get(word.replace(/(?<=[a-z]{4})[1-5]$/, ''));
}

function levelOfNumber(value: number, field: string): LogLevel | undefined {
  if (field === 'severitynumber') return value >= 1 && value <= 24 ? levelOfSeverity(value) : undefined;
  if (field === 'levelno') return python.get(value);
  if (field === 'severitylevel') return azure[value];
  return syslog[value] ?? usual.get(value) ?? (value <= 24 ? levelOfSeverity(value) : undefined);
}
