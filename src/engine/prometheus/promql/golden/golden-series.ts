import { createSeries, type SampleValue } from '../create-series';
import type { SelectedSeries } from '../terms/sample-source';

/** 2023-11-14T22:13:20Z. */
export const START_MS = 1_700_000_000_000;
export const END_MS = START_MS + 7_200_000;
const SCRAPE_MS = 15_000;

interface SeriesPlan {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The value of the sample with this index; undefined leaves a gap. */
  readonly sample: (index: number) => SampleValue | undefined;
  readonly everyMs?: number;
  /** Shifts all samples, so that steps and samples do not coincide. */
  readonly shiftMs?: number;
}

/** Two hours of samples with everything that makes PromQL hard: resets, gaps, stale ends, NaN, infinities, broken histograms. */
export function buildGoldenSeries(): SelectedSeries[] {
  return [...counters(), ...gauges(), ...oddities(), ...histograms(), ...joins()].map(render);
}

function render({ name, labels, sample, everyMs = SCRAPE_MS, shiftMs = 0 }: SeriesPlan): SelectedSeries {
  const samples: [timeMs: number, value: SampleValue][] = [];
  for (let index = 0; START_MS + index * everyMs + shiftMs <= END_MS; index++) {
    const value = sample(index);
    if (value !== undefined) samples.push([START_MS + index * everyMs + shiftMs, value]);
  }
  return createSeries({ __name__: name, ...labels }, samples);
}

/** A reproducible number in [0, 1). */
function noise(seed: number): number {
  const state = Math.imul((seed + 1) ^ ((seed + 1) >>> 15), 0x2c1b3c6d) ^ 0x5bd1e995;
  return (Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 0) / 2 ** 32;
}

function counter(seed: number, perSample: number, resetEvery: number): (index: number) => number {
  const totals: number[] = [];
  return (index) => {
    for (let i = totals.length; i <= index; i++) {
      const growth = Math.floor(noise(seed * 7919 + i) * perSample * 2);
      totals.push(i % resetEvery === 0 ? growth : totals[i - 1]! + growth);
    }
    return totals[index]!;
  };
}

function counters(): SeriesPlan[] {
  const plans: SeriesPlan[] = [];
  for (const [j, job] of ['api', 'web'].entries()) {
    for (const instance of [0, 1]) {
      for (const [m, method] of ['GET', 'POST'].entries()) {
        const seed = j * 4 + instance * 2 + m;
        plans.push({
          name: 'http_requests_total',
          labels: { job, instance: `${job}-${instance}`, method, code: seed % 3 === 0 ? '500' : '200' },
          sample: counter(seed, 20 + seed * 11, 90 + seed * 17),
          shiftMs: seed * 1337,
        });
      }
    }
  }
  const late = counter(50, 400, 10_000);
  plans.push(
    { name: 'late_total', labels: { job: 'api' }, sample: (i) => (i < 100 ? undefined : late(i - 100)), shiftMs: 3000 },
    { name: 'gappy_total', labels: { job: 'api' }, sample: (i) => (i % 40 > 15 ? undefined : i * 3.5) },
    { name: 'negative_total', labels: { job: 'web' }, sample: (i) => -500 + i, shiftMs: 700 },
  );
  return plans;
}

function gauges(): SeriesPlan[] {
  const plans: SeriesPlan[] = ['kitchen', 'attic', 'cellar'].map((room, r) => ({
    name: 'temperature_celsius',
    labels: { room, floor: String(r) },
    sample: (i) => 20 - r * 15 + 8 * Math.sin(i / (20 + r * 7)) + noise(i + r * 1000),
    shiftMs: r * 4100,
  }));
  plans.push(
    {
      name: 'memory_bytes',
      labels: { instance: 'api-0', job: 'api' },
      sample: (i) => (i > 200 && i < 260 ? undefined : 1e9 + i * 12_345),
    },
    { name: 'memory_bytes', labels: { instance: 'api-1', job: 'api' }, sample: (i) => 2.5e9 - i * 4321 },
    { name: 'memory_bytes', labels: { instance: 'web-0', job: 'web', zone: 'b' }, sample: (i) => 7e8 + noise(i) * 1e8 },
    { name: 'queue_length', labels: { queue: 'mail' }, sample: (i) => Math.floor(noise(i) * 5), shiftMs: 200 },
    {
      name: 'queue_length',
      labels: { queue: 'jobs' },
      sample: (i) => Math.floor(noise(i + 500) * 5) + 10,
      shiftMs: 200,
    },
    { name: 'queue_length', labels: {}, sample: (i) => (Math.floor(i / 7) % 3) + 20 },
    { name: 'constant', labels: { a: '1' }, sample: () => 42 },
    { name: 'minutely', labels: { a: '1' }, sample: (i) => i * i, everyMs: 60_000, shiftMs: 11 },
    { name: 'rare', labels: { a: '1' }, sample: (i) => 100 - i, everyMs: 400_000 },
  );
  return plans;
}

function oddities(): SeriesPlan[] {
  const cycle = [1, Number.NaN, -3, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, 1e-9, 7];
  const kinds: Record<string, (index: number) => SampleValue | undefined> = {
    nan: () => Number.NaN,
    inf: () => Number.POSITIVE_INFINITY,
    'neg-inf': () => Number.NEGATIVE_INFINITY,
    mixed: (i) => cycle[i % cycle.length],
    'some-nan': (i) => (i % 5 === 0 ? Number.NaN : i),
    zero: () => 0,
    huge: (i) => 1e300 + i * 1e299,
    tiny: (i) => 1.5e-8 * (i + 1),
    'stale-end': (i) => (i < 200 ? i : i === 200 ? 'stale' : undefined),
    flapping: (i) => (i % 30 < 18 ? i : i % 30 === 18 ? 'stale' : undefined),
    'stale-between': (i) => (i % 6 === 5 ? 'stale' : i),
    once: (i) => (i === 240 ? 5 : undefined),
    twice: (i) => (i === 240 || i === 245 ? i : undefined),
  };
  return Object.entries(kinds).map(([kind, sample]) => ({ name: 'odd', labels: { kind }, sample }));
}

function histograms(): SeriesPlan[] {
  const bounds = ['0.1', '0.5', '1', '2.5', '10', '+Inf'];
  const plans: SeriesPlan[] = [];
  for (const [j, job] of ['api', 'web'].entries()) {
    const total = counter(90 + j, 50, 300);
    for (const [b, le] of bounds.entries()) {
      const share = 1 - 0.6 ** (b + 1 + j);
      const sample = (i: number) => (le === '+Inf' ? total(i) : Math.floor(total(i) * share));
      plans.push({ name: 'latency_seconds_bucket', labels: { job, le }, sample, shiftMs: 2500 });
    }
    plans.push({ name: 'latency_seconds_sum', labels: { job }, sample: (i) => total(i) * 0.8, shiftMs: 2500 });
    plans.push({ name: 'latency_seconds_count', labels: { job }, sample: total, shiftMs: 2500 });
  }
  const broken: [shape: string, le: string, value: number][] = [
    ['no-inf', '1', 5],
    ['no-inf', '2', 9],
    ['only-inf', '+Inf', 9],
    ['decreasing', '1', 10],
    ['decreasing', '2', 8],
    ['decreasing', '+Inf', 12],
    ['negative-bounds', '-2', 4],
    ['negative-bounds', '-1', 6],
    ['negative-bounds', '+Inf', 12],
    ['equal-bounds', '1', 3],
    ['equal-bounds', '1.0', 2],
    ['equal-bounds', '+Inf', 9],
    ['empty', '1', 0],
    ['empty', '+Inf', 0],
    ['not-a-number', 'big', 3],
    ['not-a-number', '1', 3],
    ['not-a-number', '+Inf', 4],
  ];
  for (const [shape, le, value] of broken) {
    plans.push({ name: 'broken_bucket', labels: { shape, le }, sample: (i) => value * (i + 1) });
  }
  return plans;
}

function joins(): SeriesPlan[] {
  const plans: SeriesPlan[] = [];
  for (const [instance, version] of [
    ['api-0', '1.0'],
    ['api-1', '1.1'],
    ['web-0', '2.0'],
    ['db-0', '9'],
  ] as const) {
    plans.push({ name: 'build_info', labels: { instance, version }, sample: () => 1, shiftMs: 900 });
    plans.push({
      name: 'up',
      labels: { instance, job: instance.slice(0, -2) },
      sample: (i) => (noise(i) > 0.1 ? 1 : 0),
    });
  }
  // Two versions of one instance overlap for a while: many-to-many, but only then.
  plans.push({
    name: 'deploy_info',
    labels: { instance: 'api-0', version: '1.0' },
    sample: (i) => (i < 240 ? 1 : undefined),
  });
  plans.push({
    name: 'deploy_info',
    labels: { instance: 'api-0', version: '1.1' },
    sample: (i) => (i > 200 ? 1 : undefined),
  });
  return plans;
}
