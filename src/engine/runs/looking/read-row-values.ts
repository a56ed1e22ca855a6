import type { Attribute } from '../../../shared/contract/telemetry';
import { Pace } from '../../pace/pace';
import type { StoredResource, StoreReader } from '../../store/reader/reader';
import { attributeOf } from '../../tempo/store/trace-facts';
import type { AttributeRoles } from '../counting/attribute-roles';
import { IdTable } from '../counting/id-table';
import type { SpanRows } from '../counting/span-rows';
import { type ExceptionEvent, readExceptions } from './read-exceptions';

/** What the ids of rows that are looked at stand for. */
export interface RowValues {
  readonly strings: ReadonlyMap<number, string>;
  readonly resources: ReadonlyMap<number, StoredResource>;
  /** By the seq of their span. */
  readonly exceptions: ReadonlyMap<bigint, ExceptionEvent[]>;
  /** Of a row: those attributes that are read; one list for all rows of one reading. */
  attributesOf(row: number): Attribute[];
  /** Of each row: the same number for the same name, kind, status and attributes that are read. */
  readonly readingOf: Uint32Array;
}

/** `looked`: 1 for rows that are looked at, which have those attributes alone that are read. */
export async function readRowValues(
  reader: StoreReader,
  rows: SpanRows,
  { looked, roles }: { looked: Uint8Array; roles: AttributeRoles },
  signal: AbortSignal,
): Promise<RowValues> {
  const pace = new Pace(signal);
  const stringIds = new Set<number>();
  const attributeIds = new Set<number>();
  const withEvents: bigint[] = [];
  const { starts, ids } = rows.attributes;
  const beginnings = new IdTable(3);
  const steps = new IdTable(2);
  const readingOf = new Uint32Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    if (looked[row] === 0) continue;
    if (pace.isDueAfter(40)) await pace.turn();
    if (rows.events[row]! > 0) withEvents.push(rows.seq[row]!);
    if (rows.statusMessage[row] !== 0) stringIds.add(rows.statusMessage[row]!);
    const known = steps.count;
    let place = steps.add(beginnings.add(rows.name[row]!, rows.kind[row]!, rows.status[row]!), 2 ** 32 - 1);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) place = steps.add(place, ids[at]!);
    readingOf[row] = place;
    if (steps.count === known) continue;
    stringIds.add(rows.name[row]!);
    for (let at = starts[row]!; at < starts[row + 1]!; at++) attributeIds.add(ids[at]!);
  }
  const [strings, stored, exceptions] = await Promise.all([
    reader.dictionary.strings(stringIds),
    reader.dictionary.attributes(attributeIds),
    readExceptions(reader, withEvents, roles, signal),
  ]);
  const attributes = new Map<number, Attribute>();
  for (const [id, value] of stored) {
    attributes.set(id, attributeOf(value));
    if (pace.isDueAfter(20)) await pace.turn();
  }
  const lists: Attribute[][] = [];
  const attributesOf = (row: number) => {
    const known = lists[readingOf[row]!];
    if (known) return known;
    const found: Attribute[] = [];
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const attribute = attributes.get(ids[at]!);
      if (attribute) found.push(attribute);
    }
    lists[readingOf[row]!] = found;
    return found;
  };
  return { strings, exceptions, resources: reader.dictionary.resources(), attributesOf, readingOf };
}
