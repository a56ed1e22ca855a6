import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeOtlpJson } from '../../otlp/json/encode-otlp-json';
import { validateRequest } from '../../otlp/request/validate-request';
import { MetricsDecoder } from './metrics-decoder';
import { RecordingSink } from './recording-sink';

const T = 1_700_000_000_000;

const text = fc.constantFrom('a', 'http.route', '', 'город', '...', '__name__', '9', 'ключ.длинный', 'x'.repeat(200));
/** As JSON writes it: what is not finite is text. */
const written = (value: number) => (Number.isFinite(value) ? value : String(value));
const number = fc.oneof(
  fc.double().map(written),
  fc.constantFrom(0, 1.5, -3, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY).map(written),
);
const value = fc.oneof(
  fc.record({ stringValue: fc.string() }),
  fc.record({ intValue: fc.integer() }),
  fc.record({ doubleValue: number }),
  fc.record({ arrayValue: fc.record({ values: fc.array(fc.record({ stringValue: fc.string() }), { maxLength: 2 }) }) }),
  fc.record({
    kvlistValue: fc.record({ values: fc.array(fc.record({ key: fc.constantFrom('', 'k') }), { maxLength: 2 }) }),
  }),
  fc.constant(undefined),
);
const attributes = fc.array(fc.record({ key: text, value }, { requiredKeys: [] }), { maxLength: 3 });
const time = fc.integer({ min: 0, max: 20 }).map((step) => (step === 0 ? '0' : `${T + step}000000`));
const flags = fc.constantFrom(0, 0, 0, 1, 2, 3);
const exemplars = fc.array(fc.record({ asDouble: number, filteredAttributes: attributes }), { maxLength: 1 });
const common = { attributes, startTimeUnixNano: time, timeUnixNano: time, flags };
const some = { requiredKeys: [] as [] };

const numberPoint = fc.oneof(
  fc.record({ ...common, exemplars, asDouble: number }, some),
  fc.record({ ...common, exemplars, asInt: fc.integer().map(String) }, some),
);
const bounds = fc.oneof(
  fc.constantFrom([], [1], [1, 2], [1, 2, 'Infinity'], [2, 1], [1, 1], ['NaN'], [-1e300, 0, 1e300]),
  fc.array(number, { maxLength: 3 }),
);
const counts = fc.array(fc.nat(9).map(String), { maxLength: 4 });
const histogramPoint = fc.record(
  { ...common, exemplars, count: fc.nat(99).map(String), sum: number, bucketCounts: counts, explicitBounds: bounds },
  some,
);
const buckets = fc.record(
  {
    offset: fc.constantFrom(0, -5, 2147483647, -2147483648),
    bucketCounts: fc.oneof(
      counts,
      fc.constantFrom(1, 2, 3, 4, 5, 16_384, 16_385).map((length) => new Array<string>(length).fill('1')),
    ),
  },
  some,
);
const exponentialPoint = fc.record(
  {
    ...common,
    exemplars,
    count: fc.nat(99).map(String),
    sum: number,
    scale: fc.constantFrom(0, 3, 20, 21, 2147483647, -10, -11, -2147483648),
    zeroCount: fc.nat(9).map(String),
    positive: buckets,
    negative: buckets,
  },
  some,
);
const summaryPoint = fc.record(
  {
    ...common,
    count: fc.nat(99).map(String),
    sum: number,
    quantileValues: fc.array(fc.record({ quantile: number, value: number }), { maxLength: 2 }),
  },
  some,
);
const points = <Point>(point: fc.Arbitrary<Point>) => fc.array(point, { maxLength: 3 });
const aggregationTemporality = fc.constantFrom(0, 1, 1, 2, 2, 3, 7);
const data = fc.oneof(
  fc.record({ gauge: fc.record({ dataPoints: points(numberPoint) }) }),
  fc.record({
    sum: fc.record({ dataPoints: points(numberPoint), aggregationTemporality, isMonotonic: fc.boolean() }, some),
  }),
  fc.record({ histogram: fc.record({ dataPoints: points(histogramPoint), aggregationTemporality }, some) }),
  fc.record({
    exponentialHistogram: fc.record({ dataPoints: points(exponentialPoint), aggregationTemporality }, some),
  }),
  fc.record({ summary: fc.record({ dataPoints: points(summaryPoint) }) }),
  fc.constant({}),
);
const metric = fc.tuple(fc.record({ name: text, unit: fc.constantFrom('', 's', '1', 'Cel') }), data).map((parts) => ({
  ...parts[0],
  ...parts[1],
}));
const request = fc
  .array(
    fc.record({ scope: fc.record({ name: fc.constantFrom('a', 'b') }), metrics: fc.array(metric, { maxLength: 4 }) }),
    {
      maxLength: 2,
    },
  )
  .map((scopeMetrics) =>
    encodeOtlpJson('metrics', {
      resourceMetrics: [
        { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] }, scopeMetrics },
      ],
    }),
  );

/** Points that the decoder keeps, or counts as left out for those who look. */
function accountedFor(bytes: Uint8Array): number {
  const sink = new RecordingSink();
  const { kept } = new MetricsDecoder().decode(bytes, T, sink);
  return kept + sink.leftOut.filter((reason) => !['unlikely-time', 'odd-count'].includes(reason)).length;
}

test('what the receiver says is kept, the decoder keeps: each form of point, name, key, temporality and number', {
  timeout: 120_000,
}, () => {
  let rejected = 0;
  fc.assert(
    fc.property(request, (bytes) => {
      const valid = validateRequest('metrics', bytes);
      if (typeof valid === 'string') throw new Error('undecodable');
      rejected += valid.rejected;
      expect(accountedFor(bytes)).toBe(valid.items - valid.rejected);
      const told = valid.rejections.reduce((sum, { count, lost }) => (lost ? sum + count : sum), 0);
      expect(told).toBe(valid.rejected);
    }),
    { numRuns: 2000 },
  );
  expect(rejected).toBeGreaterThan(500);
});

test('they agree on bytes that were changed anywhere, as far as these are a request', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      request,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
      (bytes, changes) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, byte] of changes) if (changed.length > 0) changed[at % changed.length] = byte;
        const valid = validateRequest('metrics', changed);
        if (typeof valid !== 'string') expect(accountedFor(changed)).toBe(valid.items - valid.rejected);
      },
    ),
    { numRuns: 1500 },
  );
});
