import { encodeDouble } from '../../otlp-json/encode-value';
import { Pace } from '../../pace/pace';
import type { StoreReader } from '../../store/reader/reader';
import { encodeStatic } from '../search/encode-static';
import type { MetricsStage } from '../traceql/ast';
import { keepBest } from './keep-best';
import { type Exemplar, loadExemplars } from './load-exemplars';
import type { MetricsResult } from './query-metrics';
import type { MetricsRange } from './read-metrics-request';
import type { MetricSeries } from './series-table';

/** As Tempo has it where nothing is configured. */
const MAX_SERIES = 1000;
/** About 60 bytes each. */
const MAX_SAMPLES = 1_000_000;
/** A look at one series, in units of `Pace.isDueAfter`. */
const SERIES = 20;

export interface MetricsAnswerOptions {
  /** 0 asks for as many as there may be. */
  readonly maxSeries: number;
  /** At most, of all series. */
  readonly exemplars: number;
  readonly signal: AbortSignal;
}

/** The body of `/api/metrics/query_range`: series by their labels, and what was cut, if anything. */
export async function encodeRangeAnswer(
  reader: StoreReader,
  { series, intervals }: MetricsResult,
  stage: MetricsStage,
  range: MetricsRange,
  { maxSeries, exemplars, signal }: MetricsAnswerOptions,
): Promise<string> {
  const pace = new Pace(signal);
  const present = await withValues(series, intervals, pace);
  const limit = Math.max(1, Math.min(maxSeries || MAX_SERIES, MAX_SERIES, Math.floor(MAX_SAMPLES / intervals)));
  const shown = await sorted(present, limit, pace);
  const examples = await loadExemplars(reader, shown, intervals, stage, exemplars, pace);
  const encoded: string[] = [];
  for (const each of shown) {
    const samples: string[] = [];
    for (let i = 0; i < intervals; i++) {
      const value = each.valueAt(i);
      const at = ((range.start + BigInt(i + 1) * range.step) / 1_000_000n).toString();
      if (!Number.isNaN(value)) samples.push(JSON.stringify({ timestampMs: at, ...nonZero(value) }));
      if (pace.isDue()) await pace.turn();
    }
    const labels = encodeLabels(each);
    const own = (examples.get(each) ?? []).map((exemplar) => encodeExemplar(exemplar, labels));
    const rest = JSON.stringify({ labels, exemplars: own });
    encoded.push(`${rest.slice(0, -1)},"samples":[${samples.join(',')}]}`);
  }
  return `{"series":[${encoded.join(',')}],"metrics":{}${cutNote(present.length, shown.length)}}`;
}

/** The body of `/api/metrics/query`: one value a series. */
export async function encodeInstantAnswer({ series }: MetricsResult, signal: AbortSignal): Promise<string> {
  const pace = new Pace(signal);
  const present = await withValues(series, 1, pace);
  const shown = await sorted(present, MAX_SERIES, pace);
  const encoded = shown.map((each) => JSON.stringify({ labels: encodeLabels(each), ...nonZero(each.valueAt(0)) }));
  return `{"series":[${encoded.join(',')}],"metrics":{}${cutNote(present.length, shown.length)}}`;
}

async function withValues(series: readonly MetricSeries[], intervals: number, pace: Pace): Promise<MetricSeries[]> {
  const present: MetricSeries[] = [];
  for (const each of series) {
    if (await hasValue(each, intervals, pace)) present.push(each);
    if (pace.isDueAfter(SERIES)) await pace.turn();
  }
  return present;
}

async function hasValue(series: MetricSeries, intervals: number, pace: Pace): Promise<boolean> {
  let observed = 0;
  for (const interval of series.observed()) {
    if (!Number.isNaN(series.valueAt(interval))) return true;
    observed++;
    if (pace.isDueAfter(SERIES)) await pace.turn();
  }
  return observed < intervals && !Number.isNaN(series.otherwise);
}

async function sorted(series: readonly MetricSeries[], limit: number, pace: Pace): Promise<MetricSeries[]> {
  const keyed = function* () {
    for (const each of series) yield { series: each, key: JSON.stringify([each.labels.length, encodeLabels(each)]) };
  };
  const best = await keepBest(keyed(), limit, (a, b) => (a.key < b.key ? -1 : 1), pace);
  return best.map(({ series }) => series);
}

function cutNote(total: number, shown: number): string {
  if (total <= shown) return '';
  const message = `Response exceeds maximum series limit of ${shown}, a partial response is returned: the first ${shown} of ${total} series by their labels, each of them complete.`;
  return `,"status":"PARTIAL","message":${JSON.stringify(message)}`;
}

function encodeExemplar({ traceId, value, timeMs }: Exemplar, labels: readonly object[]): object {
  return {
    labels: [{ key: 'trace:id', value: { stringValue: traceId } }, ...labels],
    ...nonZero(value),
    timestampMs: timeMs.toString(),
  };
}

/** proto3 JSON leaves a zero out and writes infinities as text. */
function nonZero(value: number): object {
  return value === 0 ? {} : { value: encodeDouble(value) };
}

function encodeLabels({ labels }: MetricSeries): object[] {
  return labels.map(({ key, value }) => ({ key, value: encodeStatic(value) }));
}
