import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../shared/contract/telemetry';
import type { ServiceSpans } from '../../../shared/service-spans';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';
import { type TestSpan, testTraces } from '../test-telemetry';

const base = 1_760_000_000_000;
let store: TestStore;
let app: ReturnType<typeof createTempoApi>['app'];

/** Spans of these durations in milliseconds, one after another. */
function spansOf(service: string, mark: string, durations: readonly number[]): TestSpan[] {
  return durations.map((lasts, index) => ({
    id: `${mark}${index.toString(16).padStart(15, '0')}`,
    trace: `${mark}${index.toString(16).padStart(31, '0')}`,
    service,
    name: 'work',
    at: index,
    lasts,
    ...(index === 0 && { status: { code: 2 } }),
  }));
}

beforeAll(async () => {
  store = await openTestStore(() => base + 20_000);
  const many = Array.from({ length: 100 }, (_, index) => index + 1);
  const spans = [
    ...spansOf('hundred', 'a', many),
    ...spansOf('few', 'b', [8200, 300, 400, 500, 600]),
    ...spansOf('instant', 'c', [0, 0]),
    { ...spansOf('later', 'd', [5])[0]!, at: 10_000 },
  ];
  await store.ingestJson('traces', testTraces(base, spans));
  app = createTempoApi(store.reader, () => base + 20_000).app;
});
afterAll(() => store.close());

async function servicesOf(start: number, end: number): Promise<ServiceSpans[]> {
  const response = await app.request(`/watchtower/services?start=${start}&end=${end}`);
  return ((await response.json()) as { services: ServiceSpans[] }).services;
}

describe('/watchtower/services', () => {
  it('counts spans and errors, and takes the percentile from the durations, never beyond the longest', async () => {
    expect(await servicesOf(base, base + 5000)).toEqual([
      { name: 'few', spans: 5, errors: 1, p95Ns: 8.2e9, longestNs: 8.2e9 },
      { name: 'hundred', spans: 100, errors: 1, p95Ns: 95e6, longestNs: 100e6 },
      { name: 'instant', spans: 2, errors: 1, p95Ns: 0, longestNs: 0 },
    ]);
  });

  it('counts the spans that start within the range alone', async () => {
    expect((await servicesOf(base + 9000, base + 11_000)).map(({ name }) => name)).toEqual(['later']);
    expect(await servicesOf(base + 60_000, base + 70_000)).toEqual([]);
  });

  it('refuses what is no range', async () => {
    for (const query of ['', `?start=${base}`, `?start=${base}&end=${base}`, '?start=x&end=y']) {
      expect((await app.request(`/watchtower/services${query}`)).status, query).toBe(400);
    }
  });
});

describe('/watchtower/operations', () => {
  const operationsOf = async (query: string) => {
    const response = await app.request(`/watchtower/operations?${query}`);
    return ((await response.json()) as { operations: Operation[] }).operations;
  };

  it('has the longest percentiles first, by service and name, and none of spans that took no time', async () => {
    expect(await operationsOf(`start=${base}&end=${base + 5000}&limit=5`)).toEqual([
      { service: 'few', name: 'work', spans: 5, p95Ns: 8.2e9, longestNs: 8.2e9 },
      { service: 'hundred', name: 'work', spans: 100, p95Ns: 95e6, longestNs: 100e6 },
    ]);
  });

  it('has as many as are asked for, of the spans that start within the range alone', async () => {
    const few = await operationsOf(`start=${base}&end=${base + 5000}&limit=1`);
    expect(few.map(({ service }) => service)).toEqual(['few']);
    const later = await operationsOf(`start=${base + 9000}&end=${base + 11_000}&limit=5`);
    expect(later.map(({ service }) => service)).toEqual(['later']);
  });

  it('refuses what is no range, and no number or too great a one of operations', async () => {
    const range = `start=${base}&end=${base + 1}`;
    for (const query of [
      'limit=5',
      `start=${base}&end=${base}&limit=5`,
      range,
      `${range}&limit=0`,
      `${range}&limit=101`,
    ]) {
      expect((await app.request(`/watchtower/operations?${query}`)).status, query).toBe(400);
    }
  });
});
