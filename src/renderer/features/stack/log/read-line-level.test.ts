import { expect, it } from 'vitest';
import { readLineLevel } from './read-line-level';

it.each([
  ['ts=2026-08-14T10:00:00Z level=info msg="ready"', 'info'],
  ['level=warn component=tempo', 'warn'],
  ['{"level":"error","msg":"x"}', 'error'],
  ['{"lvl": "dbug"}', 'debug'],
  ['{"lvl": "odd"}', 'unknown'],
  ['logger=migrator t=1 level=crit', 'critical'],
  ['panic: runtime error', 'unknown'],
])('reads the level of %s', (text, level) => {
  expect(readLineLevel(text)).toBe(level);
});
