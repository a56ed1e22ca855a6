const found = /(?:\b(?:level|lvl|severity)=|"(?:level|lvl|severity)"\s*:\s*)"?([a-z]+)/i;
const names: Record<string, string> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  crit: 'fatal',
  critical: 'fatal',
  fatal: 'fatal',
  panic: 'fatal',
};

/** Level of a line of logfmt or JSON, as all five services write; `unknown` where it names none. */
export function readLineLevel(text: string): string {
  return names[found.exec(text)?.[1]?.toLowerCase() ?? ''] ?? 'unknown';
}
