import { Pace } from '../../pace/pace';
import { AnswerTooLarge } from '../answers/answer-too-large';
import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import { serviceOf } from '../store/loaded-trace';
import { formatSpanId, formatTraceId, stripZeros } from '../store/trace-id';
import type { Field, Query } from '../traceql/ast';
import type { Spanset } from '../traceql/evaluate/evaluate-pipeline';
import { fieldValues } from '../traceql/evaluate/field-values';
import { matchedParts } from '../traceql/evaluate/matched-parts';
import { stageFields } from './candidate-condition';
import { encodeStatic } from './encode-static';
import type { TraceOrder } from './find-in-order';
import type { FoundTrace, Inspected } from './find-traces';

/** Tempo's default. */
const SPANS_A_SPANSET = 3;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** A look at one span, in units of `Pace.isDueAfter`. */
const SPAN = 20;

/** The body of `/api/search`, made of the traces as they are found: they are kept as JSON, newest first. */
export class SearchAnswer {
  private readonly traces: { startNs: bigint; json: string }[] = [];
  private readonly fields: readonly Field[];
  private readonly pace: Pace;
  private bytes = 0;

  /** `spansPerSpanset` 0 means the default. */
  constructor(
    private readonly query: Query,
    private readonly spansPerSpanset: number,
    signal?: AbortSignal,
  ) {
    this.fields = shownFields(query);
    this.pace = new Pace(signal);
  }

  /** Throws `AnswerTooLarge`. */
  async add({ trace, spansets }: FoundTrace): Promise<void> {
    const sets: string[] = [];
    for (const spanset of spansets) sets.push(await this.encodeSpanset(spanset, trace));
    const durationMs = Number(BigInt(trace.durationNs) / 1_000_000n);
    const head = {
      traceID: stripZeros(formatTraceId(trace)),
      rootServiceName: trace.root ? serviceOf(trace.root) : '<root span not yet received>',
      ...(trace.root?.name ? { rootTraceName: trace.root.name } : {}),
      startTimeUnixNano: trace.startNs.toString(),
      ...(durationMs > 0 ? { durationMs } : {}),
      serviceStats: await serviceStats(trace, this.pace),
    };
    const json = `${JSON.stringify(head).slice(0, -1)},"spanSet":${sets[0]},"spanSets":[${sets.join(',')}]}`;
    this.hold(json.length);
    this.traces.push({ startNs: trace.startNs, json });
  }

  /** `order`: by what the traces were chosen, where not by their time. */
  json(inspected: Inspected, order?: TraceOrder): string {
    const metrics = {
      ...(inspected.traces > 0 ? { inspectedTraces: inspected.traces } : {}),
      ...(inspected.spans > 0 ? { inspectedSpans: String(inspected.spans) } : {}),
      completedJobs: 1,
      totalJobs: 1,
      ...(order === undefined ? {} : { order }),
    };
    this.traces.sort((a, b) => (a.startNs < b.startNs ? 1 : a.startNs > b.startNs ? -1 : 0));
    return `{"traces":[${this.traces.map(({ json }) => json).join(',')}],"metrics":${JSON.stringify(metrics)}}`;
  }

  private async encodeSpanset(spanset: Spanset, trace: LoadedTrace): Promise<string> {
    const spans: string[] = [];
    let bytes = 0;
    for (const span of spanset.spans.slice(0, this.spansPerSpanset || SPANS_A_SPANSET)) {
      const json = JSON.stringify(this.encodeSpan(span, trace));
      bytes += json.length;
      this.hold(0, bytes);
      spans.push(json);
      if (this.pace.isDue()) await this.pace.turn();
    }
    const attributes = [...spanset.attributes].map(([key, value]) => ({ key, value: encodeStatic(value) }));
    const rest = { matched: spanset.spans.length, ...(attributes.length > 0 ? { attributes } : {}) };
    return `{"spans":[${spans.join(',')}],${JSON.stringify(rest).slice(1)}`;
  }

  private encodeSpan(span: LoadedSpan, trace: LoadedTrace): object {
    const parts = matchedParts(this.query.stages, trace, span);
    const attributes = this.fields.flatMap((field) => {
      const value = isOwn(field) ? undefined : fieldValues(field, trace, span, parts)[0];
      return value ? [{ key: field.name, value: encodeStatic(value) }] : [];
    });
    const named = this.fields.some((field) => field.type === 'intrinsic' && field.name === 'name');
    return {
      spanID: formatSpanId(span.spanId),
      ...(named && span.name ? { name: span.name } : {}),
      startTimeUnixNano: span.startNs.toString(),
      ...(span.durationNs > 0 ? { durationNanos: String(span.durationNs) } : {}),
      ...(attributes.length > 0 ? { attributes: withoutRepeats(attributes) } : {}),
    };
  }

  private hold(bytes: number, more = 0): void {
    this.bytes += bytes;
    if (this.bytes + more > MAX_ANSWER_BYTES)
      throw new AnswerTooLarge(
        `the answer is larger than ${MAX_ANSWER_BYTES} bytes: ask for less with limit (traces) or spss (spans of a spanset)`,
      );
  }
}

/** Intrinsics with a place of their own in the answer. */
function isOwn(field: Field): boolean {
  return field.type === 'intrinsic' && own.has(field.name);
}

const own: ReadonlySet<string> = new Set([
  ...['name', 'duration', 'traceDuration', 'rootServiceName', 'rootName', 'trace:id', 'span:id'],
]);

/** `.a` and `span.a` of a query may be the same attribute. */
function withoutRepeats<Shown extends { key: string; value: object }>(attributes: readonly Shown[]): Shown[] {
  const shown = new Map(attributes.map((attribute) => [JSON.stringify(attribute), attribute]));
  return [...shown.values()];
}

async function serviceStats(
  trace: LoadedTrace,
  pace: Pace,
): Promise<Record<string, { spanCount?: number; errorCount?: number }>> {
  const stats = new Map<string, { spanCount: number; errorCount?: number }>();
  for (const span of trace.spans) {
    if (pace.isDueAfter(SPAN)) await pace.turn();
    const service = serviceOf(span);
    const entry = stats.get(service) ?? { spanCount: 0 };
    entry.spanCount++;
    if (span.status === 2) entry.errorCount = (entry.errorCount ?? 0) + 1;
    stats.set(service, entry);
  }
  return Object.fromEntries(stats);
}

/** Every field that the query names is shown with the spans it matched. */
function shownFields(query: Query): Field[] {
  const fields = query.stages.flatMap(stageFields);
  const byName = new Map(fields.map((field) => [`${field.type} ${scopeOf(field)} ${field.name}`, field]));
  return [...byName.values()];
}

function scopeOf(field: Field): string {
  return field.type === 'attribute' ? (field.scope ?? '') : '';
}
