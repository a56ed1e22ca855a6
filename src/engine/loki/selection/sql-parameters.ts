import type { SqlValue } from '../../store/reader/reader';

/** Collects a statement's parameters; `add` answers the place to write. */
export class SqlParameters {
  readonly values: SqlValue[] = [];

  add(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A constant of the type of the time and id columns: a parameter would be compared as HUGEINT and lose the zone maps. */
export function ubigint(value: bigint): string {
  return `${value < 0n ? 0n : value}::UBIGINT`;
}

/** `column IN (…)`, or FALSE for no ids. */
export function inIds(column: string, ids: readonly number[]): string {
  return ids.length === 0 ? 'FALSE' : `${column} IN (${ids.join(', ')})`;
}
