import { namingKeys } from '../../../shared/shapes/read-span';
import { Pace } from '../../pace/pace';
import type { SqlValue, StoreReader } from '../../store/reader/reader';
import { DURATION_UNKNOWN } from '../../store/reader/span-times';

const CLIENT = 3;

/** Spans of whole traces, in the order of their arrival; ids as pairs of 32 bits, the lower half first. */
export interface SpanRows {
  readonly count: number;
  readonly traceLo: Uint32Array;
  readonly traceHi: BigUint64Array;
  readonly spanId: Uint32Array;
  readonly parentId: Uint32Array;
  readonly startNs: BigUint64Array;
  readonly durationNs: Float64Array;
  readonly name: Uint32Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  readonly resource: Uint32Array;
  /** Of those attributes that make its name: their ids; without an entry it has none. */
  readonly naming: ReadonlyMap<number, readonly number[]>;
}

/** `condition` over `spans`, with the parameters that it names. */
export async function readSpanRows(
  reader: StoreReader,
  condition: string,
  parameters: readonly SqlValue[],
  signal: AbortSignal,
): Promise<SpanRows> {
  const { columns, rowCount } = await reader.database.columns(
    `SELECT seq, trace_lo, trace_hi, span_id, parent_id, start_ns,
       (CASE WHEN times & ${DURATION_UNKNOWN} = 0 THEN duration_ns ELSE 0 END)::DOUBLE, name, kind, status, resource
     FROM spans WHERE ${condition}`,
    parameters,
    { signal },
  );
  const [seq, traceLo, traceHi, spanId, parentId, startNs] = columns as BigUint64Array[];
  const [durationNs, name, kind, status, resource] = columns.slice(6) as unknown as [
    Float64Array,
    Uint32Array,
    Uint8Array,
    Uint8Array,
    Uint32Array,
  ];
  return {
    count: rowCount,
    ...{ traceLo: halves(traceLo!), traceHi: traceHi!, spanId: halves(spanId!), parentId: halves(parentId!) },
    ...{ startNs: startNs!, durationNs, name, kind, status, resource },
    naming: await readNaming(reader, { condition, parameters, seqs: seq! }, signal),
  };
}

async function readNaming(
  reader: StoreReader,
  rows: { condition: string; parameters: readonly SqlValue[]; seqs: BigUint64Array },
  signal: AbortSignal,
): Promise<Map<number, number[]>> {
  const listed = (keys: readonly string[]) => keys.map((key) => `'${key}'`).join(', ');
  const { ofAny, ofClients } = namingKeys;
  const { columns, rowCount } = await reader.database.columns(
    `SELECT seq, a FROM (SELECT seq, kind, unnest(attributes) AS a FROM spans WHERE ${rows.condition})
     JOIN (SELECT id, key IN (${listed(ofAny)}) AS of_any FROM attributes WHERE key IN (${listed([...ofAny, ...ofClients])}))
     ON id = a WHERE of_any OR kind = ${CLIENT}`,
    rows.parameters,
    { signal },
  );
  const [owners, ids] = columns as [BigUint64Array, Uint32Array];
  const rowOf = rowFinder(rows.seqs);
  const pace = new Pace(signal);
  const naming = new Map<number, number[]>();
  for (let i = 0; i < rowCount; i++) {
    if (pace.isDueAfter(50)) await pace.turn();
    const row = rowOf(owners[i]!);
    if (row < 0) continue;
    const known = naming.get(row);
    if (known) known.push(ids[i]!);
    else naming.set(row, [ids[i]!]);
  }
  return naming;
}

/** Rows come in the order of their seq, mostly without a gap. */
function rowFinder(seqs: BigUint64Array): (seq: bigint) => number {
  return (seq) => {
    let [low, high] = [0, seqs.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = seqs[middle]!;
      if (found === seq) return middle;
      if (found < seq) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };
}

function halves(ids: BigUint64Array): Uint32Array {
  return new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
}
