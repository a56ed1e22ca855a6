import type { StoreReader } from '../../store/reader/reader';
import { serviceNameOf } from '../../tempo/store/loaded-trace';
import type { Field } from '../../tempo/traceql/ast';
import type { Static } from '../../tempo/traceql/static-value';
import { kindNames, statusNames, string } from '../../tempo/traceql/static-value';
import { toStatic } from '../../tempo/traceql/to-static';

/** A field that is a column of `spans s`, or follows from one. */
export interface FacetColumn {
  /** Between FROM and WHERE. */
  readonly join: string;
  /** A number a row. */
  readonly sql: string;
  /** What numbers stand for; absent: spans that have none. */
  resolve(numbers: readonly number[]): Promise<ReadonlyMap<number, Static>>;
}

/** Null for a field that no column has. */
export function facetColumn(reader: StoreReader, field: Field): FacetColumn | null {
  if (field.type === 'attribute') return field.scope === 'resource' ? ofResource(reader, field.name) : null;
  switch (field.name) {
    case 'status':
      return coded('s.status', (code) => ({ type: 'status', value: statusNames[code] ?? 'unset' }));
    case 'kind':
      return coded('s.kind', (code) => ({ type: 'kind', value: kindNames[code] ?? 'unspecified' }));
    case 'name':
    case 'statusMessage':
      return {
        join: '',
        sql: field.name === 'name' ? 's.name' : 's.status_message',
        resolve: async (ids) => {
          const texts = await reader.dictionary.strings(ids);
          return new Map(ids.map((id) => [id, string(texts.get(id) ?? '')]));
        },
      };
    default:
      return null;
  }
}

function coded(sql: string, name: (code: number) => Static): FacetColumn {
  return { join: '', sql, resolve: async (codes) => new Map(codes.map((code) => [code, name(code)])) };
}

/** Resources are few, and many may have the same value: they are numbered by it. */
function ofResource(reader: StoreReader, key: string): FacetColumn {
  const numbers = new Map<string, number>();
  const values = new Map<number, Static>();
  const pairs: [resource: number, number: number][] = [];
  for (const [id, resource] of reader.dictionary.resources()) {
    const attribute = resource.attributes.find((each) => each.key === key);
    const value = key === 'service.name' ? string(serviceNameOf(resource)) : attribute && toStatic(attribute);
    if (!value) continue;
    const name = JSON.stringify([value.type, attribute?.text ?? serviceNameOf(resource)]);
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    values.set(number, value);
    pairs.push([id, number]);
  }
  if (key === 'service.name') values.set(0, string(serviceNameOf(undefined)));
  const list = (at: 0 | 1) => `unnest([${pairs.map((pair) => pair[at]).join()}]::UINTEGER[])`;
  return {
    join:
      pairs.length === 0
        ? ''
        : `LEFT JOIN (SELECT ${list(0)} AS resource, ${list(1)} AS number) r ON r.resource = s.resource`,
    sql: pairs.length === 0 ? '0::UINTEGER' : 'coalesce(r.number, 0)',
    resolve: async () => values,
  };
}
