import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facets } from '../../../shared/contract/facets';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createExplainApi } from '../create-explain-api';
import { type ShopOrder, shopNow, shopWindow, tracesOf } from '../test-populations';

let store: TestStore;
const pods = ['2.0', '2.1'].map((version, at) => ({ name: `pay-${at}`, version, host: `node-${at}` }));

/** 40 orders: every fourth of acme, which fail; every eighth has no customer. */
const orders = Array.from({ length: 40 }, (_, index): ShopOrder => {
  const isAcme = index % 4 === 0;
  return {
    ...{ at: index * 1000, lasts: isAcme ? 200 : 20, failed: isAcme, pod: pods[index % 2]! },
    attributes: {
      ...(index % 8 !== 1 && { 'customer.id': isAcme ? 'acme' : 'globex' }),
      'odd "key"': `<b>${index}</b>`,
      'retry.count': index % 2,
    },
  };
});

beforeAll(async () => {
  store = await openTestStore(() => shopNow);
  await store.ingestJson('traces', tracesOf(orders));
});
afterAll(() => store.close());

async function ask(parameters: Record<string, string>) {
  const { app } = createExplainApi({ tempo: store.reader, loki: store.reader });
  const given = { start: String(shopWindow.from), end: String(shopWindow.to), limit: '10', ...parameters };
  const response = await app.request(`/watchtower/facets?${new URLSearchParams(given)}`);
  return { status: response.status, text: await response.text() };
}

async function facetsOf(parameters: Record<string, string>): Promise<Facets> {
  const { status, text } = await ask(parameters);
  expect(status, text).toBe(200);
  return JSON.parse(text) as Facets;
}

describe('facets', () => {
  it('count spans by columns, resources and attributes, in one answer', async () => {
    const { spans, facets } = await facetsOf({
      by: 'resource.service.name, name, status, kind, resource.service.version',
    });
    expect(spans).toBe(80);
    expect(facets.map(({ field, groups }) => [field, groups.map(({ value, count }) => `${value} ${count}`)])).toEqual([
      ['resource.service.name', ['gateway 40', 'pay 40']],
      ['name', ['POST /orders 40', 'POST /pay 40']],
      ['status', ['unset 60', 'error 20']],
      ['kind', ['server 80']],
      ['resource.service.version', ['null 40', '2.0 20', '2.1 20']],
    ]);
  });

  it('tell of an attribute its errors, its slow spans and those without it', async () => {
    const { facets } = await facetsOf({ q: '{ name = "POST /pay" }', by: 'span.customer.id', durations: 'true' });
    const [facet] = facets;
    expect(facet).toMatchObject({ looked: 40, others: { values: 0, spans: 0 } });
    expect(facet!.groups).toMatchObject([
      { value: 'globex', count: 25, errors: 0, condition: 'span.customer.id = "globex"' },
      { value: 'acme', count: 10, errors: 10, condition: 'span.customer.id = "acme"' },
      { value: null, count: 5, errors: 0, condition: 'span.customer.id = nil' },
    ]);
    expect(facet!.groups.map(({ p95Ns }) => Math.round(p95Ns! / 1e6))).toEqual([20, 200, 20]);
  });

  it('say how many values and spans they leave out', async () => {
    const { facets } = await facetsOf({ q: '{ name = "POST /pay" }', by: 'span."odd \\"key\\""', limit: '3' });
    expect(facets[0]!.groups).toHaveLength(3);
    expect(facets[0]).toMatchObject({ others: { values: 37, spans: 37 } });
    expect(facets[0]!.groups[0]!.condition).toMatch(/^span\."odd \\"key\\"" = "<b>\d+<\/b>"$/);
  });

  it('write numbers so that the query finds them', async () => {
    const { facets } = await facetsOf({ q: '{ name = "POST /pay" }', by: 'span.retry.count' });
    const condition = facets[0]!.groups[0]!.condition!;
    expect((await facetsOf({ q: `{ ${condition} }`, by: 'name' })).spans).toBe(20);
  });

  it('count what a query of whole traces finds', async () => {
    const { spans, facets } = await facetsOf({ q: '{ name = "POST /orders" } >> { status = error }', by: 'name' });
    expect(spans).toBe(10);
    expect(facets[0]!.groups).toMatchObject([{ value: 'POST /pay', count: 10 }]);
  });

  it('are empty where nothing matches, and where nobody has the attribute', async () => {
    expect((await facetsOf({ q: '{ name = "none" }', by: 'name, span.customer.id' })).facets).toMatchObject([
      { groups: [] },
      { groups: [] },
    ]);
    const { facets } = await facetsOf({ by: 'span.no.such' });
    expect(facets[0]!.groups).toMatchObject([{ value: null, count: 80 }]);
  });

  it.each([
    [{ by: 'traceDuration' }, 'traceDuration cannot be counted'],
    [{ by: 'event.name' }, 'cannot be counted'],
    [{ by: '' }, 'by is one field or more'],
    [{ by: 'name', q: '{ nothing' }, 'invalid TraceQL'],
    [{ by: 'name', q: '{} | rate()' }, 'leave the metrics function out'],
    [{ by: 'name', limit: '0' }, 'limit is a number'],
    [{ by: 'name', end: '1' }, 'the start before the end'],
  ])('refuse %j by name', async (parameters, said) => {
    const { status, text } = await ask(parameters as Record<string, string>);
    expect([status, text]).toEqual([400, expect.stringContaining(said)]);
  });
});
