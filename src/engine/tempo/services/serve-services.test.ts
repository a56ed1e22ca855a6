import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation, ServiceResource } from '../../../shared/contract/services';
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
    ...spansOf('asked', 'e', [10, 20]).map((span) => ({ ...span, kind: 2, name: 'GET /' })),
    ...spansOf('asked', 'f', [700, 800, 900]).map((span) => ({ ...span, kind: 3, at: 3000 })),
  ];
  await store.ingestJson('traces', testTraces(base, spans));
  app = createTempoApi(store.reader, () => base + 20_000).app;
});
afterAll(() => store.close());

async function servicesOf(start: number, end: number, parts?: number): Promise<ServiceSpans[]> {
  const response = await app.request(
    `/watchtower/services?start=${start}&end=${end}${parts === undefined ? '' : `&parts=${parts}`}`,
  );
  return ((await response.json()) as { services: ServiceSpans[] }).services;
}

describe('/watchtower/services', () => {
  it('counts spans and errors, and takes the quantiles from the durations, never beyond the longest', async () => {
    const found = await servicesOf(base, base + 5000);
    expect(
      found.map(({ name, spans, errors, p50Ns, p95Ns, p99Ns, longestNs }) => [
        ...[name, spans, errors, p50Ns, p95Ns, p99Ns, longestNs],
      ]),
    ).toEqual([
      ['asked', 5, 2, 10e6, 20e6, 20e6, 20e6],
      ['few', 5, 1, 500e6, 8.2e9, 8.2e9, 8.2e9],
      ['hundred', 100, 1, 50e6, 95e6, 99e6, 100e6],
      ['instant', 2, 1, 0, 0, 0, 0],
    ]);
  });

  it('is about what came in, where that is told apart from what a service did for it', async () => {
    const [asked, few] = await servicesOf(base, base + 5000, 2);
    expect(asked).toMatchObject({ requests: 2, failedRequests: 1, rates: [2, 0], failures: [1, 0] });
    expect(few).toMatchObject({ requests: 0, failedRequests: 0, rates: [5, 0], failures: [1, 0] });
    expect((await servicesOf(base, base + 5000))[0]).toMatchObject({ rates: [], failures: [] });
  });

  it('counts the spans that start within the range alone', async () => {
    expect((await servicesOf(base + 9000, base + 11_000)).map(({ name }) => name)).toEqual(['later']);
    expect(await servicesOf(base + 60_000, base + 70_000)).toEqual([]);
  });

  it('is asked about one service alone', async () => {
    const response = await app.request(`/watchtower/services?start=${base}&end=${base + 5000}&service=few`);
    expect(await response.json()).toMatchObject({ services: [{ name: 'few', spans: 5 }] });
    const nobody = await app.request(`/watchtower/services?start=${base}&end=${base + 5000}&service=nobody`);
    expect(await nobody.json()).toEqual({ services: [] });
  });

  it('refuses what is no range', async () => {
    for (const query of [
      '',
      `?start=${base}`,
      `?start=${base}&end=${base}`,
      '?start=x&end=y',
      `?start=1&end=2&parts=201`,
    ]) {
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
      { service: 'asked', name: 'work', spans: 3, p95Ns: 900e6, longestNs: 900e6 },
      { service: 'hundred', name: 'work', spans: 100, p95Ns: 95e6, longestNs: 100e6 },
      { service: 'asked', name: 'GET /', spans: 2, p95Ns: 20e6, longestNs: 20e6 },
    ]);
  });

  it('has the percentile that the list of services has of the same spans', async () => {
    const [few, hundred] = await Promise.all(
      ['few', 'hundred'].map(async (service) => {
        const [found] = (
          (await (
            await app.request(`/watchtower/services?start=${base}&end=${base + 5000}&service=${service}`)
          ).json()) as { services: ServiceSpans[] }
        ).services;
        return found!.p95Ns;
      }),
    );
    const operations = await operationsOf(`start=${base}&end=${base + 5000}&limit=5`);
    expect(operations.find(({ service }) => service === 'few')?.p95Ns).toBe(few);
    expect(operations.find(({ service }) => service === 'hundred')?.p95Ns).toBe(hundred);
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

describe('/watchtower/operations of a service', () => {
  const ask = async (query: string) =>
    (await app.request(`/watchtower/operations?start=${base}&end=${base + 5000}&${query}`)).json();

  it('has its most frequent names, each kind of span apart, and says how many there are', async () => {
    expect(await ask('service=asked&limit=10')).toEqual({
      total: 2,
      operations: [
        { ...{ name: 'work', kind: 'client', spans: 3, errors: 1 }, ...durations(800e6, 900e6) },
        { ...{ name: 'GET /', kind: 'server', spans: 2, errors: 1 }, ...durations(10e6, 20e6) },
      ],
    });
    expect(await ask('service=asked&limit=1')).toMatchObject({ total: 2, operations: [{ name: 'work' }] });
  });

  it('has none of a service that is not known', async () => {
    expect(await ask('service=nobody&limit=10')).toEqual({ total: 0, operations: [] });
  });

  const durations = (p50Ns: number, longest: number) => ({
    ...{ p50Ns, p95Ns: longest, p99Ns: longest, longestNs: longest },
  });
});

describe('/watchtower/resources', () => {
  const ask = async (query: string) => app.request(`/watchtower/resources?start=${base}&end=${base + 60_000}&${query}`);

  it('has under what a service sent, when, and how much, the newest first', async () => {
    for (const [version, at] of [
      ['1.0', 20_000],
      ['2.0', 30_000],
    ] as const) {
      const [span] = spansOf('deployed', version.slice(0, 1), [5]);
      const sent = testTraces(base, [{ ...span!, at }]) as { resourceSpans: { resource: { attributes: object[] } }[] };
      sent.resourceSpans[0]!.resource.attributes.push({ key: 'service.version', value: { stringValue: version } });
      await store.ingestJson('traces', sent);
    }
    const answer = (await (await ask('service=deployed&limit=10')).json()) as {
      resources: ServiceResource[];
      total: number;
    };
    const versionOf = ({ attributes }: ServiceResource) =>
      attributes.find(({ key }) => key === 'service.version')?.value;
    expect(answer.total).toBe(2);
    expect(answer.resources.map((each) => [versionOf(each), each.spans, each.firstMs, each.lastMs])).toEqual([
      ['2.0', 1, base + 30_000, base + 30_000],
      ['1.0', 1, base + 20_000, base + 20_000],
    ]);
    expect(await (await ask('service=deployed&limit=1')).json()).toMatchObject({ total: 2, resources: [{ spans: 1 }] });
  });

  it('refuses a question about no service', async () => {
    expect((await ask('limit=10')).status).toBe(400);
  });
});
