import type { CountedRequest, CountedShape } from '../../../shared/run-summary/run-summarizer';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import type { RunTrace } from '../looking/list-run-traces';
import { type Label, LabelTable } from './label-table';
import { linkSpans } from './link-spans';
import { RowTally } from './row-tally';
import type { RunScope } from './run-scope';
import { readSpanRows, type SpanRows } from './span-rows';

/** Spans that are in memory together, about 80 bytes each: whole traces, parted by their ids. */
const ROWS_AT_ONCE = 200_000;
/** One row, in units of `Pace.isDueAfter`. */
const ROW = 60;

interface Counting {
  readonly scope: RunScope;
  /** How many there are in all. */
  readonly spans: number;
  /** Ids of spans that are left out. */
  readonly outside: readonly string[];
  /** Traces that are not counted here. */
  readonly chosen: readonly RunTrace[];
}

interface Counted {
  readonly requests: CountedRequest[];
  readonly shapes: CountedShape[];
}

/** Counts the spans of a run by shape, part by part; retries are not looked for. */
export async function* countShapes(
  reader: StoreReader,
  { scope, spans, outside, chosen }: Counting,
  signal: AbortSignal,
): AsyncGenerator<Counted> {
  const parts = BigInt(Math.max(1, Math.ceil(spans / ROWS_AT_ONCE)));
  const table = new LabelTable();
  for (let part = 0n; part < parts; part++) {
    const left = chosen.flatMap(({ lo }) => (lo % parts === part ? [lo] : []));
    const ofPart = parts === 1n ? '' : ` AND trace_lo % ${parts}::UBIGINT = ${part}::UBIGINT`;
    const others = left.length === 0 ? '' : ' AND trace_lo NOT IN (SELECT unnest($1::UBIGINT[]))';
    const parameters = left.length === 0 ? [] : [`[${left.join(',')}]`];
    const rows = await readSpanRows(reader, `${scope.spans}${ofPart}${others}`, parameters, signal);
    const labels = await table.of(reader, rows, signal);
    yield await countRows({ rows, labels, table, outside }, signal);
  }
}

async function countRows(
  counting: { rows: SpanRows; labels: Uint32Array; table: LabelTable; outside: readonly string[] },
  signal: AbortSignal,
): Promise<Counted> {
  const { rows, labels, table, outside } = counting;
  const pace = new Pace(signal);
  const { parents, roots } = await linkSpans(rows, outside, pace);
  const requests = new Map<number, RowTally>();
  const shapes = new Map<number, Map<number, RowTally>>();
  const failedRoots = new Uint8Array(rows.count);
  for (let row = 0; row < rows.count; row++)
    if (rows.status[row] === 2 && roots[row]! >= 0) failedRoots[roots[row]!] = 1;
  for (let row = 0; row < rows.count; row++) {
    if (pace.isDueAfter(ROW)) await pace.turn();
    const root = roots[row]!;
    if (root < 0) continue;
    const label = labels[row]!;
    if (root === row) tallyOf(requests, label, rows).add(row, failedRoots[row] === 1);
    const parent = parents[row]!;
    const place = labels[root]! * 2 ** 26 + (parent < 0 ? 0 : labels[parent]! + 1);
    const ofPlace = shapes.get(place) ?? new Map<number, RowTally>();
    if (ofPlace.size === 0) shapes.set(place, ofPlace);
    tallyOf(ofPlace, label, rows).add(row, rows.status[row] === 2);
  }
  return { requests: requestsOf(requests, table), shapes: await shapesOf(shapes, table, pace) };
}

function tallyOf(tallies: Map<number, RowTally>, key: number, rows: SpanRows): RowTally {
  const known = tallies.get(key);
  if (known) return known;
  const made = new RowTally(rows);
  tallies.set(key, made);
  return made;
}

function requestsOf(tallies: ReadonlyMap<number, RowTally>, { labels }: LabelTable): CountedRequest[] {
  return [...tallies].map(([label, tally]) => ({
    request: requestName(labels[label]!),
    ...{ count: tally.count, errors: tally.errors, durations: tally.durations() },
  }));
}

async function shapesOf(
  places: ReadonlyMap<number, ReadonlyMap<number, RowTally>>,
  { labels }: LabelTable,
  pace: Pace,
): Promise<CountedShape[]> {
  const counted: CountedShape[] = [];
  for (const [place, tallies] of places) {
    const root = labels[Math.floor(place / 2 ** 26)]!;
    const parent = place % 2 ** 26;
    for (const [label, tally] of tallies) {
      const { service, kind, name, query } = labels[label]!;
      counted.push({
        ...{ request: requestName(root), parent: parent === 0 ? '' : shapeName(labels[parent - 1]!) },
        ...{ service, kind, name, query, count: tally.count, errors: tally.errors, retries: 0 },
        ...{ durations: tally.durations(), examples: tally.examples() },
      });
      if (pace.isDue()) await pace.turn();
    }
  }
  return counted;
}

/** As `requestOf` of the pure room. */
function requestName({ service, name }: Label): string {
  return `${service} ${name}`;
}

/** As `labelOf` of the pure room. */
function shapeName({ service, kind, name }: Label): string {
  return `${service} ${kind} ${name}`;
}
