import { type LogLevel, readLogLevel } from '../../../../shared/log-level';

const found = /(?:\b(?:level|lvl|severity)=|"(?:level|lvl|severity)"\s*:\s*)"?([a-z]+)/i;

/** Level of a line of logfmt or JSON, as all five services write; `unknown` where it names none. */
export function readLineLevel(text: string): LogLevel {
  return readLogLevel(found.exec(text)?.[1] ?? '') ?? 'unknown';
}
