/** Go's int64, which its templates do not take where an int is wanted. */
export class Int64 {
  constructor(readonly value: bigint) {}
}

/** A point in time, nanoseconds since 1970. */
export class GoTime {
  constructor(readonly ns: bigint) {}
}

/** A value of a template: a bigint is Go's int, a number its float64, null its nil. */
export type GoValue =
  | string
  | boolean
  | bigint
  | number
  | null
  | Int64
  | GoTime
  | readonly GoValue[]
  | ReadonlyMap<string, GoValue>;

/** Text that one value or one whole result may have. */
const MAX_TEXT = 1024 * 1024;

/** Refuses a text before it is made. */
export function allowText(length: number): void {
  if (length > MAX_TEXT) throw new Error(`the result is longer than ${MAX_TEXT} characters`);
}

/** The integer of an int or int64. */
export function integerOf(value: GoValue): bigint | undefined {
  if (value instanceof Int64) return value.value;
  return typeof value === 'bigint' ? value : undefined;
}

/** Go's truth: everything but zero, the empty string, nil and empty collections. */
export function isTrue(value: GoValue): boolean {
  if (value === null) return false;
  if (value instanceof GoTime) return true;
  if (value instanceof Int64) return value.value !== 0n;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return typeof value === 'number' ? value !== 0 : Boolean(value);
}

/** Its Go type, as `%T` and errors name it. */
export function typeName(value: GoValue): string {
  if (value === null) return '<nil>';
  if (value instanceof Int64) return 'int64';
  if (value instanceof GoTime) return 'time.Time';
  if (Array.isArray(value)) return '[]interface {}';
  if (value instanceof Map) return 'map[string]interface {}';
  return { string: 'string', boolean: 'bool', bigint: 'int', number: 'float64' }[typeof value as 'string'];
}
