import { FindingCollector } from '../../../shared/findings/finding-collector';
import { DurationTally } from '../../../shared/run-summary/duration-tally';
import { LinesOfTraces } from '../../../shared/run-summary/lines-of-traces';
import { mergeTemplates } from '../../../shared/run-summary/merge-templates';
import { TemplateTally } from '../../../shared/run-summary/template-tally';
import type { Finding } from '../../../shared/runs/finding';
import type { LineFacts } from '../../../shared/shapes/span-facts';
import { type TraceView, viewTrace } from '../../../shared/shapes/trace-view';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { TraceBlocks } from '../../tempo/store/trace-blocks';
import { AttributeRoles } from '../counting/attribute-roles';
import { scopeOf, type TimeSpan } from '../counting/run-scope';
import { readRunLines } from '../lines/read-run-lines';
import { chooseTraces, type LookLimits } from '../looking/choose-traces';
import { listRunTraces, type RunTraces, traceIdAt } from '../looking/list-run-traces';
import { lookAtPart } from '../looking/look-at-part';
import { TraceSet } from '../looking/trace-set';
import { whatWasNotLookedAt } from '../looking/what-was-not-looked-at';
import { type FollowedTrace, followTrace } from './followed-trace';

/** What arrived in some time; given up when the window has left it behind. Times are Unix nanoseconds. */
interface Slice {
  readonly fromNs: bigint;
  toNs: bigint;
  /** Traces that were not looked at, beside those that are too large. */
  unlooked: number;
  readonly tooLarge: Set<string>;
  /** Lines that were not read. */
  unread: number;
  readonly templates: TemplateTally;
  readonly lines: LinesOfTraces;
}

export interface LiveFindings {
  readonly findings: Finding[];
  readonly leftOut: string[];
}

/** A window leaves behind so much of it at a time. */
const SLICES = 60n;
const TEMPLATES = 1000;
const LINES_OF_SLICE = 5000;
const AHEAD_NS = 86_400_000_000_000n;

/**
 * The findings of a window that goes on with the time: what has come since it was asked for last is looked at, with the traces of
 * which more has come; what was looked at before is kept. Of more spans than the limit, traces are looked at evenly over the window.
 */
export class WindowFollower {
  private readonly traces = new Map<string, FollowedTrace>();
  private slices: Slice[] = [];
  /** The rows behind these are new. */
  private spanSeq = -1n;
  private logSeq = -1n;
  /** Of the traces that are kept. */
  private spans = 0;
  private endNs: bigint | null = null;

  constructor(
    private readonly reader: StoreReader,
    private readonly limits: LookLimits,
  ) {}

  /** One at a time, each window later than the one before; in turns. After a rejection this follower is spent. */
  async findings(range: TimeSpan, signal: AbortSignal): Promise<LiveFindings> {
    await this.forget(range, signal);
    const slice = this.sliceOf(range);
    const told = await this.addLines(slice, range, signal);
    await this.addSpans(slice, range, told, signal);
    this.endNs = range.endNs;
    return this.collect(signal);
  }

  /** What the window has left behind, and everything where the store was emptied. */
  private async forget({ startNs }: TimeSpan, signal: AbortSignal): Promise<void> {
    const kept = await this.reader.database.columns(
      `SELECT 1 FROM (SELECT seq FROM spans WHERE seq < ${seqOf(this.spanSeq + 1n)} LIMIT 1)
       UNION ALL SELECT 1 FROM (SELECT seq FROM logs WHERE seq < ${seqOf(this.logSeq + 1n)} LIMIT 1)`,
      [],
      { signal },
    );
    const all = kept.rowCount === 0;
    this.slices = all ? [] : this.slices.filter(({ toNs }) => toNs >= startNs);
    for (const [id, { lastNs }] of this.traces) if (all || lastNs < startNs) this.drop(id);
  }

  private sliceOf({ startNs, endNs }: TimeSpan): Slice {
    const last = this.slices.at(-1);
    if (last && endNs - last.fromNs < (endNs - startNs) / SLICES) {
      last.toNs = endNs;
      return last;
    }
    const slice = {
      ...{ fromNs: endNs, toNs: endNs, unlooked: 0, tooLarge: new Set<string>(), unread: 0 },
      ...{ templates: new TemplateTally(TEMPLATES), lines: new LinesOfTraces(LINES_OF_SLICE) },
    };
    this.slices.push(slice);
    return slice;
  }

  /** Answers which traces that were looked at they name. */
  private async addLines(slice: Slice, range: TimeSpan, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const told = new Set<string>();
    const newest = await this.newest('logs', this.logSeq, signal);
    if (newest === null) return told;
    const scope = this.scopeOf(range);
    const fresh = { ...scope, logs: `${scope.logs} AND ${rowsBetween(this.logSeq, newest)}` };
    const pace = new Pace(signal);
    const lines = readRunLines(this.reader, fresh, signal);
    let next = await lines.next();
    for (; !next.done; next = await lines.next()) {
      slice.templates.add(next.value, next.value.count);
      slice.lines.add(next.value);
      if (next.value.traceId !== undefined && this.traces.has(next.value.traceId)) told.add(next.value.traceId);
      if (pace.isDue()) await pace.turn();
    }
    slice.unread += next.value;
    this.logSeq = newest;
    return told;
  }

  private async addSpans(slice: Slice, range: TimeSpan, told: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const newest = await this.newest('spans', this.spanSeq, signal);
    if (newest === null && told.size === 0) return;
    const last = newest ?? this.spanSeq;
    const scope = this.scopeOf(range);
    const fresh = { ...scope, spans: `${scope.spans} AND ${rowsBetween(this.spanSeq, last)}` };
    const listed = await listRunTraces(this.reader, fresh, signal);
    const chosen = await chooseTraces(listed, { ...this.limits, ofMore: this.budgetOf(range) }, signal);
    const again = new Set([...told, ...(await this.sortOut(listed, chosen, slice, signal))]);
    for (const id of again) {
      chosen.add(id);
      this.drop(id);
    }
    await this.look({ range, last, chosen }, signal);
    for (const id of chosen.ids()) if (!this.traces.has(id)) slice.tooLarge.add(id);
    this.spanSeq = last;
  }

  /** Answers which of these traces were looked at before; notes those that are not now. */
  private async sortOut(listed: RunTraces, chosen: TraceSet, slice: Slice, signal: AbortSignal): Promise<string[]> {
    const pace = new Pace(signal);
    const known = new TraceSet();
    for (const id of this.traces.keys()) known.add(id);
    const again: string[] = [];
    // Those that are chosen are looked up only where they were looked at before: most are neither.
    let [chosenAgain, tooLarge] = [0, 0];
    for (let trace = 0; trace < listed.count; trace++) {
      if (pace.isDueAfter(15)) await pace.turn();
      if (known.hasAt(listed, trace)) {
        again.push(traceIdAt(listed, trace));
        if (chosen.hasAt(listed, trace)) chosenAgain++;
      } else if (listed.spans[trace]! > this.limits.ofTrace) {
        slice.tooLarge.add(traceIdAt(listed, trace));
        tooLarge++;
      }
    }
    slice.unlooked += listed.count - again.length - tooLarge - (chosen.size - chosenAgain);
    return again;
  }

  private async look(
    { range, last, chosen }: { range: TimeSpan; last: bigint; chosen: TraceSet },
    signal: AbortSignal,
  ): Promise<void> {
    if (chosen.size === 0) return;
    const halves = chosen.lowerHalves();
    const blocks = await TraceBlocks.of(this.reader).rangesOf(halves, { signal });
    const within = blocks.map(({ from, to }) =>
      to === undefined ? `seq >= ${seqOf(from)}` : rowsBetween(from - 1n, to - 1n),
    );
    const outside = new Set<string>();
    await lookAtPart(
      {
        ...{ reader: this.reader, scope: this.scopeOf(range), outside, signal, chosen },
        ...{ roles: AttributeRoles.of(this.reader), mostOfTrace: this.limits.ofTrace },
        ...{ seen: { traces: 0, looked: 0, tooLarge: 0 } },
        linesOf: (id) => this.slices.flatMap(({ lines }) => lines.of(id)),
        look: (view, lines) => this.keep(view, lines),
        lookWhole: (trace, lines) => this.keep(viewTrace(trace, outside), lines),
      },
      `seq <= ${seqOf(last)} AND (${within.join(' OR ') || 'false'}) AND trace_lo IN (SELECT unnest($1::UBIGINT[]))`,
      [`[${halves.join(',')}]`],
    );
  }

  private keep(view: TraceView, lines: readonly LineFacts[]): void {
    if (view.layout.nodes.length === 0) return;
    this.drop(view.traceId);
    this.traces.set(view.traceId, followTrace(view, lines));
    this.spans += view.layout.nodes.length;
  }

  private drop(id: string): void {
    this.spans -= this.traces.get(id)?.spans ?? 0;
    this.traces.delete(id);
  }

  /** What may be looked at of what is new: all that there is room for, else its share of the window. */
  private budgetOf({ startNs, endNs }: TimeSpan): number {
    const { spans } = this.limits;
    if (this.endNs === null) return spans;
    const share = Math.min(1, Number(endNs - this.endNs) / Number(endNs - startNs));
    return Math.max(spans - this.spans, Math.ceil(spans * share));
  }

  private async collect(signal: AbortSignal): Promise<LiveFindings> {
    const pace = new Pace(signal);
    const collector = new FindingCollector();
    const requests = new Map<string, { count: number; durations: DurationTally }>();
    let requestCount = 0;
    for (const { look, requests: begun } of this.traces.values()) {
      collector.add(look);
      for (const { request, duration } of begun) {
        const row = requests.get(request) ?? { count: 0, durations: new DurationTally() };
        requests.set(request, row);
        row.count++;
        requestCount++;
        if (duration) row.durations.add(duration);
      }
      if (pace.isDue()) await pace.turn();
    }
    const sum = (of: (slice: Slice) => number) => this.slices.reduce((total, slice) => total + of(slice), 0);
    const unlooked = sum((slice) => slice.unlooked);
    const templates = new TemplateTally(TEMPLATES);
    for (const slice of this.slices) templates.addAll(slice.templates);
    const { findings, leftOut } = collector.finish({
      requests: [...requests].map(([request, { count, durations }]) => ({
        request,
        count,
        durations: durations.finish(),
      })),
      requestCount: requestCount + unlooked,
      templates: mergeTemplates(templates.rows()),
    });
    const looked = this.traces.size;
    const tooLarge = new Set(this.slices.flatMap((slice) => [...slice.tooLarge])).size;
    const seen = { traces: looked + unlooked + tooLarge, looked, tooLarge };
    const unread = sum((slice) => slice.unread);
    return {
      findings,
      leftOut: [
        ...leftOut,
        ...whatWasNotLookedAt({ seen, mostOfTrace: this.limits.ofTrace }),
        ...(unread > 0 ? [`${unread} log lines were not read: there are too many texts.`] : []),
      ],
    };
  }

  private scopeOf(range: TimeSpan) {
    // What began after the question, or by a clock that is ahead, comes no second time.
    const open = { startNs: range.startNs, endNs: range.endNs + AHEAD_NS };
    return scopeOf(this.reader, { runId: null, range: open, outside: [] })!;
  }

  /** The newest row behind another; null where there is none. */
  private async newest(table: 'spans' | 'logs', behind: bigint, signal: AbortSignal): Promise<bigint | null> {
    const [row] = await this.reader.database.rows<{ newest: bigint | null }>(
      `SELECT max(seq) AS newest FROM ${table} WHERE seq >= ${seqOf(behind + 1n)}`,
      [],
      { signal },
    );
    return row?.newest ?? null;
  }
}

function seqOf(seq: bigint): string {
  return seq < 0n ? '0::UBIGINT' : `${seq}::UBIGINT`;
}

/** Behind `from`, up to and with `to`. */
function rowsBetween(from: bigint, to: bigint): string {
  return `(seq >= ${seqOf(from + 1n)} AND seq <= ${seqOf(to)})`;
}
