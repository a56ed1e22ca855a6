import { escapeName } from '../../../shared/escaped-name';

/**
 * An attribute's key as Loki's OTLP endpoint names its label: runs of other characters become one `_`, a leading digit
 * gets `key_`. A key of which nothing would be left, for which Loki refuses the request, is escaped instead.
 */
export function labelName(key: string): string {
  const reserved = key.length > 4 && key.startsWith('__') && key.endsWith('__');
  const inner = reserved ? key.slice(2, -2) : key;
  const clean = inner.replace(/[^a-zA-Z0-9]+/g, '_');
  const name = reserved ? `__${clean}__` : /^[0-9]/.test(clean) ? `key_${clean}` : clean;
  return /^_*$/.test(name) ? escapeName(key) : name;
}
