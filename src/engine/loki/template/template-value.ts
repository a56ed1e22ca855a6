/** What a template's expressions work on; a bigint is a point in time, nanoseconds since 1970. */
export type TemplateValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

export interface TemplateContext {
  readonly labels: ReadonlyMap<string, string>;
  readonly line: string;
  readonly timeNs: bigint;
}

/** Go's truth: everything but zero, the empty string, nil and empty collections. */
export function isTrue(value: TemplateValue): boolean {
  if (value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return Object.keys(value).length > 0;
  return typeof value === 'bigint' || Boolean(value);
}

/** As Go prints a value. */
export function printValue(value: TemplateValue): string {
  if (value === null) return '<no value>';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  if (typeof value === 'bigint')
    return `${new Date(Number(value / 1_000_000n))
      .toISOString()
      .replace('T', ' ')
      .replace(/\.?0*Z$/, '')} +0000 UTC`;
  if (Array.isArray(value)) return `[${value.map(printValue).join(' ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value as { readonly [key: string]: TemplateValue }).sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    return `map[${members.map(([key, member]) => `${key}:${printValue(member)}`).join(' ')}]`;
  }
  return String(value);
}
