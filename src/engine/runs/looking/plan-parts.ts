import type { RunTraces } from './list-run-traces';

/** Rows of whole traces that are read together: a condition over `spans`, with its parameters. */
export interface Part {
  readonly condition: string;
  readonly parameters: readonly string[];
}

/**
 * Parts of about so many rows, whole traces in each. Mostly the rows of a trace stand near each other: then each part is a stretch of
 * rows, and those few traces that reach over its ends are a part of their own. Else the parts are drawn by trace id, and each reads all rows.
 */
export function planParts(traces: RunTraces, rowsAtOnce: number): Part[] {
  const total = traces.spans.subarray(0, traces.count).reduce((sum, spans) => sum + spans, 0);
  if (total <= rowsAtOnce) return [{ condition: 'true', parameters: [] }];
  const begins = beginningsOf(traces, rowsAtOnce);
  const astride = astrideOf(traces, begins);
  const spansAstride = astride.reduce((sum, trace) => sum + traces.spans[trace]!, 0);
  if (2 * spansAstride > total) return byTraceId(Math.ceil(total / rowsAtOnce));
  const apart = idListsOf(traces, astride, rowsAtOnce);
  const without = apart.length > 0 ? ' AND trace_lo NOT IN (SELECT unnest($1::UBIGINT[]))' : '';
  const parameters = apart.length > 0 ? [`[${apart.flat().join(',')}]`] : [];
  // What came after they were listed is of none.
  const end = traces.lastSeq.subarray(0, traces.count).reduce((last, seq) => Math.max(last, seq), 0) + 1;
  const stretch = (from: number, to: number) => `seq >= ${from}::UBIGINT AND seq < ${to}::UBIGINT`;
  return [
    ...begins.map((begin, part) => ({
      condition: stretch(begin, begins[part + 1] ?? end) + without,
      parameters,
    })),
    ...apart.map((ids) => ({
      condition: `${stretch(begins[0]!, end)} AND trace_lo IN (SELECT unnest($1::UBIGINT[]))`,
      parameters: [`[${ids.join(',')}]`],
    })),
  ];
}

/** Where each part begins, by seq: traces are listed in the order of their first rows. */
function beginningsOf({ count, spans, firstSeq }: RunTraces, rowsAtOnce: number): number[] {
  const begins = [firstSeq[0]!];
  let rows = 0;
  for (let trace = 0; trace < count; trace++) {
    if (rows > 0 && rows + spans[trace]! > rowsAtOnce) {
      begins.push(firstSeq[trace]!);
      rows = 0;
    }
    rows += spans[trace]!;
  }
  return begins;
}

/** Traces that have rows of several parts. */
function astrideOf({ count, firstSeq, lastSeq }: RunTraces, begins: readonly number[]): number[] {
  const astride: number[] = [];
  let part = 0;
  for (let trace = 0; trace < count; trace++) {
    while (part + 1 < begins.length && begins[part + 1]! <= firstSeq[trace]!) part++;
    if (part + 1 < begins.length && lastSeq[trace]! >= begins[part + 1]!) astride.push(trace);
  }
  return astride;
}

/** Their ids' lower halves, each once, of about so many rows in a list. */
function idListsOf({ lo, spans }: RunTraces, traces: readonly number[], rowsAtOnce: number): bigint[][] {
  const lists: bigint[][] = [];
  const known = new Set<bigint>();
  let rows = rowsAtOnce;
  for (const trace of traces) {
    const id = (BigInt(lo[2 * trace + 1]!) << 32n) | BigInt(lo[2 * trace]!);
    if (known.has(id)) continue;
    known.add(id);
    if (rows + spans[trace]! > rowsAtOnce) {
      lists.push([]);
      rows = 0;
    }
    rows += spans[trace]!;
    lists.at(-1)!.push(id);
  }
  return lists;
}

function byTraceId(parts: number): Part[] {
  return Array.from({ length: parts }, (_, part) => ({
    condition: `trace_lo % ${parts}::UBIGINT = ${part}::UBIGINT`,
    parameters: [],
  }));
}
