import type { StoreReader } from '../store/reader/reader';
import type { SeqWindow } from '../tempo/search/span-condition';
import { serviceNameOf } from '../tempo/store/loaded-trace';
import { kindNames } from '../tempo/traceql/static-value';
import type { SpanPopulation } from './span-population';

/** Spans of one service, name and kind. */
interface CountedOperation {
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly selection: { count: number; errors: number };
  readonly against: { count: number; errors: number };
}

export interface OperationCounts {
  readonly operations: readonly CountedOperation[];
  /** Which rows are of which: name (0 where names are not told apart), resource and kind, and the operation's number. */
  readonly places: {
    readonly name: number[];
    readonly resource: number[];
    readonly kind: number[];
    readonly operation: number[];
  };
  readonly byName: boolean;
}

/** Groups of one statement; with more, names are not told apart. */
const MOST_GROUPS = 40_000;

class TooManyGroups extends Error {}

/** Counts the spans of both populations by operation. */
export async function countOperations(
  reader: StoreReader,
  { selection, against }: { selection: SpanPopulation; against: SpanPopulation },
  window: SeqWindow,
  signal: AbortSignal,
): Promise<OperationCounts> {
  const counted = (name: string, admit?: (rows: number) => void) =>
    reader.database.columns(
      `SELECT ${name} AS name, resource, kind, chosen::UTINYINT, count(*)::DOUBLE, count(*) FILTER (status = 2)::DOUBLE
       FROM (SELECT s.name, s.resource, s.kind, s.status, ${selection.sql(window)} AS chosen, ${against.sql(window)} AS other
         FROM spans s WHERE s.seq >= ${window.from}::UBIGINT AND s.seq < ${window.to}::UBIGINT)
       WHERE chosen OR other GROUP BY 1, 2, 3, 4`,
      [],
      { signal, ...(admit && { admit }) },
    );
  let byName = true;
  const answer = await counted('name', (rows) => {
    if (rows > MOST_GROUPS) throw new TooManyGroups();
  }).catch((error: unknown) => {
    if (!(error instanceof TooManyGroups)) throw error;
    byName = false;
    return counted('0::UINTEGER');
  });
  const [name, resource, kind, chosen, count, errors] = answer.columns as readonly ArrayLike<number>[] as [
    Uint32Array,
    Uint32Array,
    Uint8Array,
    Uint8Array,
    Float64Array,
    Float64Array,
  ];
  const names = await reader.dictionary.strings(new Set(name));
  const resources = reader.dictionary.resources();
  const operations: CountedOperation[] = [];
  const numbers = new Map<string, number>();
  const places: OperationCounts['places'] = { name: [], resource: [], kind: [], operation: [] };
  const placed = new Set<string>();
  for (let row = 0; row < answer.rowCount; row++) {
    const service = serviceNameOf(resources.get(resource[row]!));
    const text = byName ? (names.get(name[row]!) ?? '') : '';
    const kindName = kindNames[kind[row]!] ?? 'unspecified';
    const key = JSON.stringify([service, text, kindName]);
    let operation = numbers.get(key);
    if (operation === undefined) {
      const none = () => ({ count: 0, errors: 0 });
      operation = operations.push({ service, name: text, kind: kindName, selection: none(), against: none() }) - 1;
      numbers.set(key, operation);
    }
    const side = operations[operation]![chosen[row] === 1 ? 'selection' : 'against'];
    side.count += count[row]!;
    side.errors += errors[row]!;
    const place = `${name[row]} ${resource[row]} ${kind[row]}`;
    if (placed.has(place)) continue;
    placed.add(place);
    places.name.push(name[row]!);
    places.resource.push(resource[row]!);
    places.kind.push(kind[row]!);
    places.operation.push(operation);
  }
  return { operations, places, byName };
}
