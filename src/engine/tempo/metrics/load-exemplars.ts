import type { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { assembleTrace } from '../store/assemble-trace';
import { loadSpans } from '../store/load-spans';
import { seqCondition } from '../store/seq-condition';
import { formatTraceId, stripZeros } from '../store/trace-id';
import type { MetricsStage } from '../traceql/ast';
import { fieldValues } from '../traceql/evaluate/field-values';
import { numberOf } from '../traceql/static-value';
import { type ExemplarSpan, ExemplarSpans } from './exemplar-spans';
import { isDuration } from './is-duration';
import type { MetricSeries } from './series-table';

export interface Exemplar {
  readonly traceId: string;
  readonly value: number;
  readonly timeMs: bigint;
}

/** A look at one interval, in units of `Pace.isDueAfter`. */
const INTERVAL = 10;

interface Place {
  readonly series: MetricSeries;
  readonly interval: number;
  readonly seq: number;
}

/** The newest span of some intervals of each series, spread over the range: at most `limit`, or one a series. */
export async function loadExemplars(
  reader: StoreReader,
  series: readonly MetricSeries[],
  intervals: number,
  stage: MetricsStage,
  limit: number,
  pace: Pace,
): Promise<Map<MetricSeries, Exemplar[]>> {
  const exemplars = new Map<MetricSeries, Exemplar[]>();
  if (limit === 0 || series.length === 0) return exemplars;
  const share = Math.max(1, Math.floor(limit / series.length));
  const places: Place[] = [];
  for (const each of series) {
    if (places.length >= Math.max(limit, series.length)) break;
    for (const place of placesOf(each, intervals, share)) places.push(place);
    if (pace.isDueAfter(INTERVAL * intervals)) await pace.turn();
  }
  places.length = Math.min(places.length, Math.max(limit, series.length));
  const seqs = [...new Set(places.map(({ seq }) => seq))];
  if (seqs.length === 0) return exemplars;
  const isOwnColumn = stage.field === undefined || isDuration(stage.field);
  const bySeq = isOwnColumn
    ? await ExemplarSpans.of(reader).read(reader, seqs, pace)
    : await loadValues(reader, seqs, stage, pace);
  for (const { series, interval, seq } of places) {
    const found = bySeq.get(seq);
    if (!found) continue;
    const own = exemplars.get(series) ?? [];
    exemplars.set(series, own);
    const value = stage.field ? found.value : undefined;
    own.push({
      traceId: stripZeros(formatTraceId(found.trace)),
      value: value ?? series.valueAt(interval),
      timeMs: found.startNs / 1_000_000n,
    });
  }
  return exemplars;
}

/** With values of an attribute. */
async function loadValues(
  reader: StoreReader,
  seqs: readonly number[],
  stage: MetricsStage,
  pace: Pace,
): Promise<Map<number, ExemplarSpan>> {
  const usesAttributes = stage.field?.type === 'attribute';
  const condition = seqCondition('seq', seqs.map(BigInt));
  const loaded = await loadSpans(reader, condition, { signal: pace.signal, attributes: usesAttributes, events: false });
  return new Map(
    loaded.map((each) => [
      Number(each.span.seq),
      { trace: each.trace, startNs: each.span.startNs, value: ownValue(stage, each) },
    ]),
  );
}

/** The last interval with a span of each of so many parts of the range. */
function placesOf(series: MetricSeries, intervals: number, parts: number): Place[] {
  const width = Math.ceil(intervals / parts);
  const places: Place[] = [];
  for (let from = 0; from < intervals; from += width) {
    for (let interval = Math.min(from + width, intervals) - 1; interval >= from; interval--) {
      const seq = series.spanAt(interval);
      if (seq === undefined) continue;
      places.push({ series, interval, seq });
      break;
    }
  }
  return places;
}

/** What the span has of the field that is summed up; undefined where only the whole trace tells. */
function ownValue(
  { field }: MetricsStage,
  { trace, span }: Awaited<ReturnType<typeof loadSpans>>[number],
): number | undefined {
  if (field?.type !== 'attribute' || field.scope !== 'span') return undefined;
  const [value] = fieldValues(field, assembleTrace(trace.hi, trace.lo, [span]), span);
  const number = value ? numberOf(value) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}
