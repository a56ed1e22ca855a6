/** A value of TraceQL. Integers have 64 bits; durations are nanoseconds; an array holds values of one type, as attributes do. */
export type Static =
  | { readonly type: 'nil' }
  | { readonly type: 'int' | 'duration'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'string' | 'status' | 'kind'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'array'; readonly elements: readonly Static[] };

export type StaticType = Static['type'];

export const nil: Static = { type: 'nil' };

/** Indexed by OTLP's status code and span kind. */
export const statusNames = ['unset', 'ok', 'error'] as const;
export const kindNames = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

export const int = (value: bigint): Static => ({ type: 'int', value });
export const float = (value: number): Static => ({ type: 'float', value });
export const duration = (value: bigint): Static => ({ type: 'duration', value });
export const string = (value: string): Static => ({ type: 'string', value });
export const boolean = (value: boolean): Static => ({ type: 'boolean', value });

export function isNumeric(type: StaticType): boolean {
  return type === 'int' || type === 'float' || type === 'duration';
}

/** The number of a numeric value, to the last digit; undefined of any other. */
export function exactNumberOf(value: Static): bigint | number | undefined {
  return value.type === 'int' || value.type === 'float' || value.type === 'duration' ? value.value : undefined;
}

/** The number of a numeric value as a double, NaN of any other. */
export function numberOf(value: Static): number {
  const exact = exactNumberOf(value);
  return exact === undefined ? Number.NaN : Number(exact);
}

/** As Tempo writes a value in query text and in label values: strings bare, durations in Go's notation. */
export function formatStatic(value: Static): string {
  switch (value.type) {
    case 'nil':
      return 'nil';
    case 'duration':
      return formatDuration(value.value);
    case 'float':
      return formatFloat(value.value);
    case 'array':
      return `[${value.elements.map(formatStatic).join(', ')}]`;
    default:
      return String(value.value);
  }
}

/** Go's words for what is no number. */
function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

/** Go's notation of a duration in nanoseconds: `1.5s`, `1h0m0s`, `10ms`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size < 1_000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`;
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`;
  const hours = size / 3_600_000_000_000n;
  const minutes = (size % 3_600_000_000_000n) / 60_000_000_000n;
  const head = hours > 0n ? `${hours}h${minutes}m` : minutes > 0n ? `${minutes}m` : '';
  return `${sign}${head}${decimal(size % 60_000_000_000n, 9)}s`;
}

/** `value` shifted by so many decimal places, without zeros at its end. */
function decimal(value: bigint, places: number): string {
  const scale = 10n ** BigInt(places);
  const fraction = (value % scale).toString().padStart(places, '0').replace(/0+$/, '');
  return fraction === '' ? `${value / scale}` : `${value / scale}.${fraction}`;
}
