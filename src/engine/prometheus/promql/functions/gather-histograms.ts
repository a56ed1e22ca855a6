import type { EvaluationContext } from '../evaluation/evaluation-context';
import type { NativeHistogram } from '../histogram/native-histogram';
import type { Expression } from '../syntax/ast';
import { BUCKET_BOUND, dropLabels, dropMetadata, keyOfLabels, valueOfLabel } from '../values/labels';
import { createStepSeries, type StepSeries, type VectorValue } from '../values/value';
import type { Bucket } from './bucket-quantile';

/** A histogram over all steps: classic buckets, which differ in `le` only, or a series of native histograms, or both. */
export interface GatheredHistogram {
  readonly result: StepSeries;
  readonly buckets: { readonly upperBound: number; readonly series: StepSeries }[];
  native?: StepSeries;
}

/** Finding the histogram of one series, in units of `Pace.isDueAfter`. */
const SERIES = 100;

const WITHOUT_BOUND = new Set([BUCKET_BOUND]);

/** The histograms among the series of `argument`; series that are part of none are left out with a warning. */
export async function gatherHistograms(
  vector: VectorValue,
  argument: Expression,
  steps: number,
  context: EvaluationContext,
): Promise<GatheredHistogram[]> {
  context.budget.hold(vector.series.length * steps);
  const histograms = new Map<string, GatheredHistogram>();
  const histogramOf = (series: StepSeries, isClassic: boolean): GatheredHistogram => {
    const labels = isClassic ? dropLabels(series.labels, WITHOUT_BOUND) : series.labels;
    // Two metrics are two histograms, whatever becomes of their names.
    const key = keyOfLabels(labels);
    let histogram = histograms.get(key);
    if (histogram === undefined) {
      const result = createStepSeries(dropMetadata(labels), steps);
      histogram = { result, buckets: [] };
      histograms.set(key, histogram);
    }
    return histogram;
  };
  for (const series of vector.series) {
    if (context.pace.isDueAfter(SERIES + (series.histograms ? steps : 0))) await context.pace.turn();
    if (series.histograms?.some((histogram, step) => histogram !== undefined && series.present[step] === 1)) {
      histogramOf(series, false).native = series;
    }
    if (!holdsFloats(series)) continue;
    const bound = valueOfLabel(series.labels, BUCKET_BOUND);
    const upperBound = parseBound(bound);
    if (upperBound === undefined) {
      const message = `bucket label "le" is missing or has a malformed value of ${JSON.stringify(bound)}`;
      context.annotations.warn(message, argument.from);
      continue;
    }
    histogramOf(series, true).buckets.push({ upperBound, series });
  }
  return [...histograms.values()];
}

/** What looking at a histogram at one step takes, in units of `Pace.isDueAfter`; each bucket is sorted, too. */
export function workAt({ buckets, native }: GatheredHistogram): number {
  return 10 + 20 * buckets.length + (native ? 200 : 0);
}

/** What a histogram is at one step, or undefined where it is nothing or, with a warning, two things at a time. */
export function histogramAt(
  { buckets, native }: GatheredHistogram,
  step: number,
  argument: Expression,
  context: EvaluationContext,
): NativeHistogram | Bucket[] | undefined {
  const present: Bucket[] = [];
  for (const { upperBound, series } of buckets) {
    if (series.present[step] === 0 || series.histograms?.[step]) continue;
    present.push({ upperBound, count: series.values[step]! });
  }
  const histogram = native?.present[step] === 1 ? native.histograms?.[step] : undefined;
  if (histogram === undefined) return present.length === 0 ? undefined : present;
  if (present.length === 0) return histogram;
  context.annotations.warn('vector contains a mix of classic and native histograms', argument.from);
  return undefined;
}

function holdsFloats({ present, histograms }: StepSeries): boolean {
  return histograms === undefined || present.some((flag, step) => flag === 1 && histograms[step] === undefined);
}

function parseBound(text: string): number | undefined {
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinity) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? undefined : number;
}
