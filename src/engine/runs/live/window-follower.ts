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
import { type RunScope, scopeOf, type TimeSpan } from '../counting/run-scope';
import { readRunLines } from '../lines/read-run-lines';
import { chooseTraces, type LookLimits } from '../looking/choose-traces';
import { type RunTraces, traceIdAt } from '../looking/list-run-traces';
import { lookAtPart } from '../looking/look-at-part';
import type { TraceSet } from '../looking/trace-set';
import { whatWasNotLookedAt } from '../looking/what-was-not-looked-at';
import { followTrace } from './followed-trace';
import { FollowedTraces } from './followed-traces';
import { listCandidates } from './list-candidates';

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
/** Stretches of rows that one statement names, and so few rows between two that another costs more. */
const STRETCHES = 16;
const ROWS_BETWEEN = 512;
const AHEAD_NS = 86_400_000_000_000n;

/**
 * The findings of a window that goes on with the time: what has come since it was asked for last is looked at, with the traces of
 * which more has come; what was looked at before is kept. Of more spans than the limit, traces are looked at evenly over the window.
 */
export class WindowFollower {
  private traces = new FollowedTraces();
  private slices: Slice[] = [];
  /** The rows behind these are new. */
  private spanSeq = -1n;
  private logSeq = -1n;
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
    if (kept.rowCount === 0) {
      this.slices = [];
      this.traces = new FollowedTraces();
      return;
    }
    this.slices = this.slices.filter(({ toNs }) => toNs >= startNs);
    this.traces.dropBefore(startNs);
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
    const scope = this.scopeOf(range);
    const fresh = await this.freshSpans(scope, signal);
    if (fresh.newest === null && told.size === 0) return;
    const rows = { from: fresh.first, to: fresh.end, condition: scope.spans };
    const limits = { ...this.limits, ofMore: this.budgetOf(range) };
    const known = this.traces.lowerHalves();
    const { listed, traces } = await listCandidates(this.reader, rows, { limits, known }, signal);
    const chosen = await chooseTraces(listed, limits, signal);
    const sorted = await this.sortOut(listed, chosen, slice, signal);
    slice.unlooked += traces - sorted.among;
    const again = new Set([...told, ...sorted.again]);
    for (const id of again) {
      chosen.add(id);
      this.traces.drop(id);
    }
    const last = fresh.newest ?? this.spanSeq;
    await this.look({ scope, chosen, last, within: await this.rowsOf(listed, chosen, fresh, signal) }, signal);
    for (const id of chosen.ids()) if (!this.traces.has(id)) slice.tooLarge.add(id);
    this.spanSeq = last;
  }

  /** The rows behind those that are known: the newest of all, null where there is none, and where those of the window stand. */
  private async freshSpans(
    { spans }: RunScope,
    signal: AbortSignal,
  ): Promise<{ newest: bigint | null; first: bigint; end: bigint }> {
    const [row] = await this.reader.database.rows<{ newest: bigint | null; first: bigint | null; last: bigint | null }>(
      `SELECT max(seq) AS newest, min(seq) FILTER (${spans}) AS first, max(seq) FILTER (${spans}) AS last
       FROM spans WHERE seq >= ${seqOf(this.spanSeq + 1n)}`,
      [],
      { signal },
    );
    const { newest = null, first, last } = row ?? {};
    return { newest, first: first ?? 0n, end: last == null ? 0n : last + 1n };
  }

  /** Which of these traces were looked at before, and how many those make with the others that are chosen or too large, which are noted. */
  private async sortOut(
    listed: RunTraces,
    chosen: TraceSet,
    slice: Slice,
    signal: AbortSignal,
  ): Promise<{ again: string[]; among: number }> {
    const pace = new Pace(signal);
    const again: string[] = [];
    let among = 0;
    for (let trace = 0; trace < listed.count; trace++) {
      if (pace.isDueAfter(40)) await pace.turn();
      const id = traceIdAt(listed, trace);
      if (this.traces.has(id)) again.push(id);
      else if (listed.spans[trace]! > this.limits.ofTrace) slice.tooLarge.add(id);
      else if (!chosen.hasAt(listed, trace)) continue;
      among++;
    }
    return { again, among };
  }

  /** Where rows of these traces may stand: those that are new are known, those before by their blocks. A condition over `spans`. */
  private async rowsOf(
    listed: RunTraces,
    chosen: TraceSet,
    { first, end }: { first: bigint; end: bigint },
    signal: AbortSignal,
  ): Promise<string> {
    const pace = new Pace(signal);
    const stretches: { from: number; to: number }[] = [];
    const between = Math.max(ROWS_BETWEEN, Number(end - first) / STRETCHES);
    for (let trace = 0; trace < listed.count; trace++) {
      if (pace.isDueAfter(15)) await pace.turn();
      if (!chosen.hasAt(listed, trace)) continue;
      const [from, to] = [listed.firstSeq[trace]!, listed.lastSeq[trace]!];
      const before = stretches.at(-1);
      // They are listed by their first rows.
      if (before && from <= before.to + between) before.to = Math.max(before.to, to);
      else stretches.push({ from, to });
    }
    const blocks = await TraceBlocks.of(this.reader).rangesOf(chosen.lowerHalves(), { signal });
    const within: { from: bigint; to: bigint | undefined }[] = [
      ...blocks.flatMap(({ from, to }) => {
        if (end === 0n) return [{ from, to }];
        const until = to === undefined || to > first ? first : to;
        return from < until ? [{ from, to: until }] : [];
      }),
      ...stretches.map(({ from, to }) => ({ from: BigInt(from), to: BigInt(to) + 1n })),
    ];
    if (within.length === 0) return 'false';
    let least = within[0]!.from;
    for (const { from } of within) if (from < least) least = from;
    // Without a bound of its own each row of the table is held against all of them.
    return `seq >= ${seqOf(least)} AND (${within.map(({ from, to }) => stretchOf(from, to)).join(' OR ')})`;
  }

  private async look(
    { scope, chosen, last, within }: { scope: RunScope; chosen: TraceSet; last: bigint; within: string },
    signal: AbortSignal,
  ): Promise<void> {
    if (chosen.size === 0) return;
    const outside = new Set<string>();
    await lookAtPart(
      {
        ...{ reader: this.reader, scope, outside, signal, chosen },
        ...{ roles: AttributeRoles.of(this.reader), mostOfTrace: this.limits.ofTrace },
        ...{ seen: { traces: 0, looked: 0, tooLarge: 0 } },
        linesOf: (id) => this.slices.flatMap(({ lines }) => lines.of(id)),
        look: (view, lines) => this.keep(view, lines),
        lookWhole: (trace, lines) => this.keep(viewTrace(trace, outside), lines),
      },
      `seq <= ${seqOf(last)} AND (${within}) AND trace_lo IN (SELECT unnest($1::UBIGINT[]))`,
      [`[${chosen.lowerHalves().join(',')}]`],
    );
  }

  private keep(view: TraceView, lines: readonly LineFacts[]): void {
    if (view.layout.nodes.length > 0) this.traces.keep(followTrace(view, lines));
  }

  /** What may be looked at of what is new: all that there is room for, else its share of the window. */
  private budgetOf({ startNs, endNs }: TimeSpan): number {
    const { spans } = this.limits;
    if (this.endNs === null) return spans;
    const share = Math.min(1, Number(endNs - this.endNs) / Number(endNs - startNs));
    return Math.max(spans - this.traces.spans, Math.ceil(spans * share));
  }

  private async collect(signal: AbortSignal): Promise<LiveFindings> {
    const { fold, lost } = await this.traces.fold(new Pace(signal));
    const { collector, requests } = fold;
    const sum = (of: (slice: Slice) => number) => this.slices.reduce((total, slice) => total + of(slice), 0);
    const unlooked = sum((slice) => slice.unlooked);
    const templates = new TemplateTally(TEMPLATES);
    for (const slice of this.slices) templates.addAll(slice.templates);
    const run = {
      requests: [...requests].map(([request, { count, durations }]) => ({
        request,
        count,
        durations: durations.finish(),
      })),
      requestCount: [...requests.values()].reduce((total, { count }) => total + count, unlooked),
      templates: mergeTemplates(templates.rows()),
    };
    const { findings, leftOut } = collector.finish(run, lost);
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

/** From `from` on, `to` not included. */
function stretchOf(from: bigint, to: bigint | undefined): string {
  return `(seq >= ${seqOf(from)}${to === undefined ? '' : ` AND seq < ${seqOf(to)}`})`;
}

/** Behind `from`, up to and with `to`. */
function rowsBetween(from: bigint, to: bigint): string {
  return `(seq >= ${seqOf(from + 1n)} AND seq <= ${seqOf(to)})`;
}
