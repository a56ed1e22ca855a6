import duckdb, { type PreparedStatement, type Value } from '@duckdb/node-bindings';
import type { SqlValue } from '../reader/reader';

/** Binds one parameter; integers bind as unsigned where they can, as most columns are. */
export function bindParameter(statement: PreparedStatement, index: number, value: SqlValue): void {
  if (value === null) duckdb.bind_null(statement, index);
  else if (typeof value === 'string') duckdb.bind_varchar(statement, index, value);
  else if (typeof value === 'boolean') duckdb.bind_boolean(statement, index, value);
  else if (typeof value === 'bigint') {
    if (value >= 0n) duckdb.bind_uint64(statement, index, value);
    else duckdb.bind_int64(statement, index, value);
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) duckdb.bind_double(statement, index, value);
    else if (value >= 0 && value <= 0xffff_ffff) duckdb.bind_uint32(statement, index, value);
    else duckdb.bind_int64(statement, index, BigInt(value));
  } else duckdb.bind_value(statement, index, listValue(value));
}

function listValue(values: readonly SqlValue[]): Value {
  const type = duckdb.create_logical_type(elementType(values));
  return duckdb.create_list_value(
    type,
    values.map((value) => elementValue(value)),
  );
}

function elementType(values: readonly SqlValue[]): duckdb.Type {
  const first = values[0];
  if (typeof first === 'string') return duckdb.Type.VARCHAR;
  if (typeof first === 'boolean') return duckdb.Type.BOOLEAN;
  if (typeof first === 'bigint') {
    return values.every((value) => typeof value === 'bigint' && value >= 0n) ? duckdb.Type.UBIGINT : duckdb.Type.BIGINT;
  }
  const ids = values.every((value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff_ffff);
  return ids ? duckdb.Type.UINTEGER : duckdb.Type.DOUBLE;
}

function elementValue(value: SqlValue): Value {
  if (typeof value === 'string') return duckdb.create_varchar(value);
  if (typeof value === 'boolean') return duckdb.create_bool(value);
  if (typeof value === 'bigint') return value >= 0n ? duckdb.create_uint64(value) : duckdb.create_int64(value);
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff
      ? duckdb.create_uint32(value)
      : duckdb.create_double(value);
  }
  if (value === null) return duckdb.create_null_value();
  return listValue(value);
}
