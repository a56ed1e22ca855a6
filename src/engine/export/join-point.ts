import { encodeDouble } from '../otlp-json/encode-value';
import { NO_RECORDED_VALUE } from '../store/metrics/points/point-decoder';
import type { SeriesRole } from './metric-stream';

/** A sample of a series that is a part of a histogram or a summary. */
export interface SamplePart {
  readonly series: number;
  readonly role: SeriesRole;
  readonly value: number;
  readonly isStale: boolean;
}

/**
 * One data point (without its attributes and time) of the samples that one stream has at one time. Undefined where they
 * do not make up a whole one: a part is missing, or counts are none.
 */
export function joinPoint(parts: readonly SamplePart[]): object | undefined {
  const part = (name: SeriesRole['part']) => parts.findLast(({ role }) => role.part === name);
  const [count, sum] = [part('count'), part('sum')];
  const isHistogram = parts[0]?.role.stream.kind === 'histogram';
  const steps = lastOfEach(parts.filter(({ role }) => role.part === 'bucket' || role.part === 'quantile'));
  if (count === undefined || (sum === undefined && !isHistogram)) return undefined;
  if (parts.some(({ isStale }) => isStale)) {
    const isWhole =
      sum !== undefined && parts.every(({ isStale }) => isStale) && (!isHistogram || endsAtInfinity(steps));
    return isWhole ? { flags: NO_RECORDED_VALUE, ...stalePart(isHistogram, steps) } : undefined;
  }
  if (!isCount(count.value)) return undefined;
  const head = { count: String(count.value), ...(sum && { sum: encodeDouble(sum.value) }) };
  if (!isHistogram) {
    return {
      ...head,
      quantileValues: steps.map(({ role, value }) => ({ quantile: role.at, value: encodeDouble(value) })),
    };
  }
  const bucketCounts = steps.map(({ value }, i) => value - (steps[i - 1]?.value ?? 0));
  if (!endsAtInfinity(steps) || steps.at(-1)!.value !== count.value || !bucketCounts.every(isCount)) return undefined;
  return { ...head, bucketCounts: bucketCounts.map(String), explicitBounds: boundsOf(steps) };
}

function stalePart(isHistogram: boolean, steps: readonly SamplePart[]): object {
  if (isHistogram) return { explicitBounds: boundsOf(steps) };
  return { quantileValues: steps.map(({ role }) => ({ quantile: role.at, value: 0 })) };
}

/** In ascending order; where a series has two samples at one time the later one counts. */
function lastOfEach(parts: readonly SamplePart[]): SamplePart[] {
  return [...new Map(parts.map((part) => [part.series, part])).values()].sort((a, b) => a.role.at - b.role.at);
}

function endsAtInfinity(buckets: readonly SamplePart[]): boolean {
  return buckets.at(-1)?.role.at === Number.POSITIVE_INFINITY;
}

function boundsOf(buckets: readonly SamplePart[]): number[] {
  return buckets.slice(0, -1).map(({ role }) => role.at);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
