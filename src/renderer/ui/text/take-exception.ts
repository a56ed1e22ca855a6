import type { Exception } from './exception-block';

const parts = { type: 'type', message: 'message', stacktrace: 'stack' } as const;

/**
 * The exception that attributes tell of, and those that are left. Keys are `exception.type`, `exception.message` and
 * `exception.stacktrace`, or Loki's names of them.
 */
export function takeException<Entry extends { key: string; value: unknown }>(
  entries: readonly Entry[],
): { exception: Exception | null; rest: readonly Entry[] } {
  const exception: Exception = { type: '', message: '', stack: '' };
  const rest = entries.filter(({ key, value }) => {
    const [, name] = /^exception[._](type|message|stacktrace)$/.exec(key) ?? [];
    const part = parts[name as keyof typeof parts];
    if (!part || typeof value !== 'string' || exception[part] !== '') return true;
    exception[part] = value;
    return value === '';
  });
  const isOne = exception.type !== '' || exception.message !== '' || exception.stack !== '';
  return isOne ? { exception, rest } : { exception: null, rest: entries };
}
