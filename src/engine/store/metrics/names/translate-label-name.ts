import { isBeyondAscii } from './is-beyond-ascii';

/**
 * The label name of an attribute key, as Prometheus' OTLP endpoint makes it by default: illegal characters become
 * underscores, a leading digit gets `key_`, a single leading underscore `key`. A key with other letters than ASCII's, with
 * emoji or with no letter at all, stays as it is: as underscores, different keys would be one. PromQL selects it by its quoted name.
 * Undefined for an empty key.
 */
export function translateLabelName(key: string): string | undefined {
  if (key === '') return undefined;
  const legal = key.replace(/[^a-zA-Z0-9_]/gu, '_');
  if (isBeyondAscii(key) || /^_*$/.test(legal)) return key;
  if (/^[0-9]/.test(legal)) return `key_${legal}`;
  return /^_(?!_)/.test(legal) ? `key${legal}` : legal;
}
