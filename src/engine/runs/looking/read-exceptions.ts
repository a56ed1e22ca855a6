import type { Span } from '../../../shared/contract/telemetry';
import type { StoreReader } from '../../store/reader/reader';
import { attributeOf } from '../../tempo/store/trace-facts';
import type { AttributeRoles } from '../counting/attribute-roles';

export type ExceptionEvent = Span['events'][number];

/** Of spans by their seq: the exceptions that they recorded, with the attributes that are read of them. */
export async function readExceptions(
  reader: StoreReader,
  seqs: readonly bigint[],
  roles: AttributeRoles,
  signal: AbortSignal,
): Promise<ReadonlyMap<bigint, ExceptionEvent[]>> {
  const found = new Map<bigint, ExceptionEvent[]>();
  if (seqs.length === 0) return found;
  const { columns } = await reader.database.columns(
    `SELECT span_seq, time_ns, attributes FROM span_events
     WHERE span_seq BETWEEN ${seqs[0]}::UBIGINT AND ${seqs.at(-1)}::UBIGINT AND span_seq IN (SELECT unnest($1::UBIGINT[]))
       AND name IN (SELECT id FROM strings WHERE value = 'exception')`,
    [`[${seqs.join(',')}]`],
    { signal },
  );
  const [owners, times, lists] = columns as [BigUint64Array, BigUint64Array, number[][]];
  if (owners.length === 0) return found;
  const read = new Set(lists.flat());
  await roles.learn(reader, Uint32Array.from(read), signal);
  const values = await reader.dictionary.attributes([...read].filter((id) => roles.roleOf(id) !== 0));
  for (let i = 0; i < owners.length; i++) {
    const event = {
      timeNs: String(times[i]!),
      name: 'exception',
      attributes: lists[i]!.flatMap((id) => {
        const value = values.get(id);
        return value ? [attributeOf(value)] : [];
      }),
    };
    const known = found.get(owners[i]!);
    if (known) known.push(event);
    else found.set(owners[i]!, [event]);
  }
  return found;
}
