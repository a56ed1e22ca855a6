/** A value of TraceQL. Durations are nanoseconds; an array holds values of one type, as attributes do. */
export type Static =
  | { readonly type: 'nil' }
  | { readonly type: 'int' | 'float' | 'duration'; readonly value: number }
  | { readonly type: 'string' | 'status' | 'kind'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'array'; readonly elements: readonly Static[] };

export type StaticType = Static['type'];

export const nil: Static = { type: 'nil' };

/** Indexed by OTLP's status code and span kind. */
export const statusNames = ['unset', 'ok', 'error'] as const;
export const kindNames = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

export const int = (value: number): Static => ({ type: 'int', value });
export const float = (value: number): Static => ({ type: 'float', value });
export const duration = (value: number): Static => ({ type: 'duration', value });
export const string = (value: string): Static => ({ type: 'string', value });
export const boolean = (value: boolean): Static => ({ type: 'boolean', value });

export function isNumeric(type: StaticType): boolean {
  return type === 'int' || type === 'float' || type === 'duration';
}

/** The number of a numeric value, NaN of any other. */
export function numberOf(value: Static): number {
  return value.type === 'int' || value.type === 'float' || value.type === 'duration' ? value.value : Number.NaN;
}

/** As Tempo writes a value in query text and in label values: strings bare, durations in Go's notation. */
export function formatStatic(value: Static): string {
  switch (value.type) {
    case 'nil':
      return 'nil';
    case 'duration':
      return formatDuration(value.value);
    case 'array':
      return `[${value.elements.map(formatStatic).join(', ')}]`;
    default:
      return String(value.value);
  }
}

/** Go's notation of a duration in nanoseconds: `1.5s`, `1h0m0s`, `10ms`. */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  const sign = nanoseconds < 0 ? '-' : '';
  const size = Math.abs(nanoseconds);
  if (size < 1e3) return `${sign}${size}ns`;
  if (size < 1e6) return `${sign}${size / 1e3}µs`;
  if (size < 1e9) return `${sign}${size / 1e6}ms`;
  const hours = Math.floor(size / 3600e9);
  const minutes = Math.floor((size % 3600e9) / 60e9);
  const seconds = (size % 60e9) / 1e9;
  const head = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
  return `${sign}${head}${seconds}s`;
}
