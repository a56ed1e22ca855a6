/**
 * The label name of an attribute key, as Prometheus' OTLP endpoint makes it by default: illegal characters become
 * underscores, a leading digit gets `key_`, a single leading underscore `key`. Undefined where only underscores are left.
 */
export function translateLabelName(key: string): string | undefined {
  const legal = key.replace(/[^a-zA-Z0-9_]/gu, '_');
  if (/^_*$/.test(legal)) return undefined;
  if (/^[0-9]/.test(legal)) return `key_${legal}`;
  return /^_(?!_)/.test(legal) ? `key${legal}` : legal;
}
