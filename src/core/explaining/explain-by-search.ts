import type { Attribute, Span, Trace } from '../../shared/contract/telemetry';
import {
  type ExplainRequest,
  isOtherWindow,
  type ResolvedPopulation,
  type SignalExplanation,
} from '../../shared/explain/explain-request';
import { explainRows } from '../../shared/explain/explain-rows';
import type { TypedValue, ValueKind } from '../../shared/explain/explained-rows';
import type { OperationTally } from '../../shared/explain/rank-operations';
import { RowCollector } from '../../shared/explain/row-collector';
import { tempoSearch } from '../../shared/requests/tempo-search';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import { requestBackend } from '../telemetry/request/request-backend';
import type { TempoClient } from '../telemetry/tempo-client';
import { traceqlOf } from './narrowed-query';
import { readInTime } from './read-in-time';
import { toTheEnd } from './to-the-end';

/** Traces of either population, and matched spans of one. */
const MOST_TRACES = 200;
const MOST_SPANS = 100;
/** Of reading traces: somebody waits for the answer. */
const READING_MS = 4000;
const LEAST_ROWS = 3;
const untold = new Set(['exception.stacktrace', 'service.name']);

export interface SearchParts {
  readonly tempo: TempoClient;
  readonly endpoint: () => QueryEndpoint;
  /** Traces are read for so long. */
  readonly readingMs?: number;
}

/**
 * What differs between two populations of spans where the backend cannot aggregate that: of the newest traces of either, said as
 * such. Log lines are not looked at.
 */
export async function explainBySearch(
  parts: SearchParts,
  request: ExplainRequest,
  signal?: AbortSignal,
): Promise<SignalExplanation> {
  const [chosen, both] = await Promise.all([
    searchSpans(parts, request.selection, signal),
    searchSpans(parts, request.against, signal),
  ]);
  const ids = takingTurns([...chosen.keys()].sort(), [...both.keys()].filter((id) => !chosen.has(id)).sort());
  const spans = new SpanCollector(2 * MOST_TRACES * MOST_SPANS);
  const read = await readInTime(
    ids,
    parts.readingMs ?? READING_MS,
    (id, ends) => parts.tempo.get(id, ends),
    (trace) => spans.addTrace(trace, chosen.get(trace.traceId), both.get(trace.traceId)),
    signal,
  );
  const readOf = (side: ReadonlyMap<string, unknown>) => [...side.keys()].filter((id) => read.has(id)).length;
  const { selection, against } = request;
  const asked = `${selection.query ?? ''} ${against.query ?? ''}`;
  const rows = await toTheEnd(spans.rows.finish(LEAST_ROWS), signal);
  const found = await toTheEnd(
    explainRows({
      ...{ signal: 'traces' as const, rows, operations: spans.operations() },
      templates: null,
      isNamed: ({ place, key }) =>
        (place === 'intrinsic' && key === 'status' && selection.errors !== against.errors) || asked.includes(key),
      chosenBy: {
        part: !isOtherWindow(request),
        errors: selection.errors !== against.errors || /\bstatus/.test(asked),
        durations:
          selection.slowerThanMs !== against.slowerThanMs ||
          selection.fasterThanMs !== against.fasterThanMs ||
          /\bduration/.test(asked),
      },
    }),
    signal,
  );
  const newest = `the newest ${chosen.size} and ${both.size}`;
  const lookedAt =
    read.size === ids.length
      ? newest
      : `it was slow, and in the time there was ${readOf(chosen)} and ${readOf(both)} of ${newest}`;
  const [ofSelection, ofOthers] = [spans.counts[1], spans.counts[0]];
  return {
    ...{ signal: 'traces', ...found, hidden: { count: 0, keys: [] } },
    selection: { count: ofSelection, looked: ofSelection, window: selection.window },
    against: { count: ofOthers, looked: ofOthers, window: against.window },
    leftOut: [
      `This backend cannot aggregate attributes: ${lookedAt} traces were looked at, at most ${MOST_SPANS} matched spans of each. Log lines were not looked at.`,
    ],
  };
}

/** One of either in turn, then what is left: where the end is not reached, there is something of both. */
function takingTurns(some: readonly string[], others: readonly string[]): string[] {
  const longest = Math.max(some.length, others.length);
  return Array.from({ length: longest }, (_, at) => [some[at], others[at]])
    .flat()
    .filter((id) => id !== undefined);
}

type Matched = ReadonlySet<string>;

/** Ids of matched spans by trace. */
async function searchSpans(
  { endpoint }: SearchParts,
  population: ResolvedPopulation,
  signal?: AbortSignal,
): Promise<Map<string, Matched>> {
  const query = traceqlOf(population);
  interface SpanSet {
    spans?: { spanID: string }[];
  }
  const { traces = [] } = await requestBackend<{
    traces?: { traceID: string; spanSets?: SpanSet[]; spanSet?: SpanSet }[];
  }>({
    endpoint: endpoint(),
    ...tempoSearch(query, population.window, MOST_TRACES, { spans: MOST_SPANS }),
    has: ['traces', 'metrics'],
    query,
    signal,
  });
  return new Map(
    traces.map(({ traceID, spanSets, spanSet }) => [
      traceID.padStart(32, '0'),
      new Set(
        (spanSets ?? (spanSet ? [spanSet] : [])).flatMap(({ spans = [] }) =>
          spans.map(({ spanID }) => spanID.padStart(16, '0')),
        ),
      ),
    ]),
  );
}

interface Tallied {
  count: number;
  errors: number;
  durations: number[];
}

class SpanCollector {
  readonly rows: RowCollector;
  /** Of what the selection is held against, and of the selection. */
  readonly counts: [number, number] = [0, 0];
  private readonly tallies: (Pick<OperationTally, 'service' | 'name' | 'kind'> & {
    sides: Tallied[];
  })[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(most: number) {
    this.rows = new RowCollector(most);
  }

  addTrace({ traceId, spans, resources }: Trace, chosen: Matched | undefined, both: Matched | undefined): void {
    for (const span of spans) {
      const id = span.spanId.split('#', 1)[0]!;
      const isChosen = chosen?.has(id) === true;
      if (!isChosen && !both?.has(id)) continue;
      this.counts[isChosen ? 1 : 0]++;
      const row = this.rows.addRow(isChosen, this.operationOf(span, isChosen), traceId);
      this.put(row, 'span', span.attributes);
      this.put(row, 'resource', resources[span.resource]?.attributes ?? []);
      this.putIntrinsic(row, 'status', span.status.code);
      if (span.status.message) this.putIntrinsic(row, 'statusMessage', span.status.message);
      for (const { name, attributes } of span.events) {
        if (name !== 'exception') this.putIntrinsic(row, 'event:name', name);
        this.put(row, 'event', attributes);
      }
    }
  }

  operations(): OperationTally[] {
    const sorted = ({ durations, ...side }: Tallied) => ({ ...side, durations: durations.sort((a, b) => a - b) });
    return this.tallies.map(({ sides: [against, selection], ...operation }) => ({
      ...operation,
      selection: sorted(selection!),
      against: sorted(against!),
    }));
  }

  private operationOf({ service, name, kind, status, durationNs, timing }: Span, chosen: boolean): number {
    const key = JSON.stringify([service, name, kind]);
    let number = this.numbers.get(key);
    if (number === undefined) {
      const none = () => ({ count: 0, errors: 0, durations: [] });
      number = this.tallies.push({ service, name, kind, sides: [none(), none()] }) - 1;
      this.numbers.set(key, number);
    }
    const side = this.tallies[number]!.sides[chosen ? 1 : 0]!;
    side.count++;
    if (status.code === 'error') side.errors++;
    if (timing === undefined) side.durations.push(durationNs);
    return number;
  }

  private put(row: number, place: TypedValue['place'], attributes: readonly Attribute[]): void {
    for (const { key, value } of attributes) {
      if (untold.has(key)) continue;
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      this.rows.put(row, this.rows.numberOf({ place, key, value: text, kind: kindOf(value) }));
    }
  }

  private putIntrinsic(row: number, key: string, value: string): void {
    this.rows.put(row, this.rows.numberOf({ place: 'intrinsic', key, value, kind: 'text' }));
  }
}

function kindOf(value: Attribute['value']): ValueKind {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'other';
}
