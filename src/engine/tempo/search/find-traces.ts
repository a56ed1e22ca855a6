import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { eachTrace } from '../store/each-trace';
import type { LoadedTrace } from '../store/loaded-trace';
import { readSpanBounds } from '../store/read-span-bounds';
import type { TraceId } from '../store/trace-id';
import type { Query } from '../traceql/ast';
import { evaluatePipeline, type Spanset } from '../traceql/evaluate/evaluate-pipeline';
import { SpanTree } from '../traceql/evaluate/span-tree';
import { fieldsOf } from './candidate-condition';
import { findCandidates, type TimeRange } from './find-candidates';
import { findInOrder, type TraceOrder } from './find-in-order';
import { findOutsiders } from './find-outsiders';
import { SearchParts } from './search-parts';
import { always } from './span-condition';

export interface TraceSearch extends TimeRange {
  readonly query: Query;
  /** A trace is in the answer when it overlaps the range. */
  readonly limit: number;
  /** The greatest of the range in place of the newest. */
  readonly order?: TraceOrder | undefined;
  readonly signal?: AbortSignal;
}

export interface FoundTrace {
  readonly trace: LoadedTrace;
  readonly spansets: readonly Spanset[];
}

export interface Inspected {
  readonly traces: number;
  readonly spans: number;
}

const TRACES_A_BATCH = 200;

/**
 * Hands each trace that matches to `visit`, one at a time, roughly newest first: none is kept. The rows are read backwards
 * in order of arrival and reading stops at the first window that fills the limit; in another order all of them are measured first.
 */
export async function findTraces(
  reader: StoreReader,
  search: TraceSearch,
  visit: (found: FoundTrace) => Promise<void>,
): Promise<Inspected> {
  const { query, limit, signal } = search;
  const needs = fieldsOf(query);
  const parts = new SearchParts(reader, query, needs.attributes || needs.events, { signal });
  const [bounds] = await Promise.all([readSpanBounds(reader, { signal }), parts.newest.condition()]);
  const inspection = new Inspection(reader, search, visit);
  if (!bounds) return inspection.inspected;
  // Zone maps know starts, not ends: no span that starts earlier reaches into the range.
  const earliest = search.startNs > bounds.longestNs ? search.startNs - bounds.longestNs : 0n;

  if (search.order !== undefined) {
    const condition = await parts.whole.condition();
    const plain = isPlain(query, condition.exact);
    const wanted = plain ? limit : undefined;
    const found = await findInOrder(reader, {
      range: search,
      condition,
      bounds,
      earliest,
      order: search.order,
      wanted,
    });
    await inspection.look(found, plain);
    return inspection.inspected;
  }

  for await (const { condition, window } of parts.windows(bounds.first, bounds.last + 1n)) {
    const plain = Number.isFinite(limit) && isPlain(query, condition.exact);
    const wanted = plain ? limit + inspection.inspected.traces : undefined;
    await inspection.look(await findCandidates(reader, search, condition, window, earliest, wanted), plain);
    if (inspection.isFull) return inspection.inspected;
  }
  // What matches may lie outside of the range, in a trace that overlaps it.
  if ((await parts.newest.condition()) === always) return inspection.inspected;
  for await (const candidates of findOutsiders(reader, search, parts)) {
    await inspection.look(candidates, false);
    if (inspection.isFull) break;
  }
  return inspection.inspected;
}

class Inspection {
  private readonly seen = new Set<string>();
  private readonly pace: Pace;
  private readonly needs: ReturnType<typeof fieldsOf>;
  private found = 0;
  private spans = 0;

  constructor(
    private readonly reader: StoreReader,
    private readonly search: TraceSearch,
    private readonly visit: (found: FoundTrace) => Promise<void>,
  ) {
    this.pace = new Pace(search.signal);
    this.needs = fieldsOf(search.query);
  }

  get inspected(): Inspected {
    return { traces: this.seen.size, spans: this.spans };
  }

  get isFull(): boolean {
    return this.found >= this.search.limit;
  }

  /** `plain`: every candidate matches, so that no more are loaded than are wanted. */
  async look(candidates: readonly TraceId[], plain: boolean): Promise<void> {
    const fresh = candidates.filter((id) => !this.seen.has(`${id.hi}:${id.lo}`));
    let at = 0;
    while (at < fresh.length && !this.isFull) {
      const wanted = plain ? Math.min(TRACES_A_BATCH, this.search.limit - this.found) : TRACES_A_BATCH;
      const batch = fresh.slice(at, at + wanted);
      at += batch.length;
      for (const id of batch) this.seen.add(`${id.hi}:${id.lo}`);
      await this.lookAtBatch(batch);
    }
  }

  private async lookAtBatch(batch: readonly TraceId[]): Promise<void> {
    const { query, signal } = this.search;
    const { attributes, events } = this.needs;
    for await (const trace of eachTrace(this.reader, batch, { signal, attributes, events })) {
      this.spans += trace.spans.length;
      if (!this.overlaps(trace)) continue;
      if (this.needs.nestedSets) await SpanTree.of(trace, this.pace);
      const spansets = await evaluatePipeline(query.stages, trace, this.pace);
      if (spansets.length === 0) continue;
      this.found++;
      await this.visit({ trace, spansets });
      if (this.isFull) return;
    }
  }

  private overlaps({ startNs, durationNs }: LoadedTrace): boolean {
    return startNs <= this.search.endNs && startNs + BigInt(durationNs) >= this.search.startNs;
  }
}

/** A single filter that SQL answers exactly, whatever is selected of it: every candidate is a match. */
function isPlain({ stages: [first, ...others] }: Query, exact: boolean): boolean {
  return exact && first?.type === 'filter' && others.every(({ type }) => type === 'select');
}
