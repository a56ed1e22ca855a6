/**
 * An attribute's key as Loki's OTLP endpoint names its label: runs of other characters become one `_`, a leading digit
 * gets `key_`. Undefined where nothing is left.
 */
export function labelName(key: string): string | undefined {
  const reserved = key.length > 4 && key.startsWith('__') && key.endsWith('__');
  const inner = reserved ? key.slice(2, -2) : key;
  const clean = inner.replace(/[^a-zA-Z0-9]+/g, '_');
  const name = reserved ? `__${clean}__` : /^[0-9]/.test(clean) ? `key_${clean}` : clean;
  return /^_*$/.test(name) ? undefined : name;
}
