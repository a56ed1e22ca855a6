import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Explanation } from '../../shared/contract/explain';
import type { ResolvedPopulation } from '../../shared/explain/explain-request';
import { openTestStore, type TestStore } from '../store/open-test-store';
import { createExplainApi } from './create-explain-api';
import { linesOf, type ShopOrder, type ShopPod, seeded, shopNow, shopWindow, tracesOf } from './test-populations';

const pods: ShopPod[] = Array.from({ length: 6 }, (_, at) => ({
  name: `pay-${at}`,
  version: at < 3 ? '2.1' : '2.0',
  host: `node-${at}`,
}));
const customers = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore(() => shopNow);
});
afterEach(() => store.close());

interface Facts {
  readonly customer: string;
  readonly pod: ShopPod;
  readonly random: () => number;
}

function ordersOf(count: number, seed: number, is: (facts: Facts) => Partial<ShopOrder>): ShopOrder[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index): ShopOrder => {
    const pod = pods[Math.floor(random() * pods.length)]!;
    const customer = customers[Math.floor(random() * customers.length)]!;
    const made = is({ customer, pod, random });
    return {
      ...{ at: (600_000 * index) / count, lasts: 20 + 20 * random(), failed: false, pod, ...made },
      attributes: { 'customer.id': customer, 'cart.size': Math.floor(random() * 4), ...made.attributes },
    };
  });
}

async function send(orders: readonly ShopOrder[]): Promise<void> {
  await store.ingestJson('traces', tracesOf(orders));
  if (orders.some(({ line }) => line !== undefined)) await store.ingestJson('logs', linesOf(orders));
}

async function ask(
  selection: Partial<ResolvedPopulation>,
  against: Partial<ResolvedPopulation> = {},
  signal: 'traces' | 'logs' = 'traces',
) {
  const { app } = createExplainApi({ tempo: store.reader, loki: store.reader });
  const request = {
    signal,
    selection: { window: shopWindow, ...selection },
    against: { window: shopWindow, ...against },
  };
  const response = await app.request('/watchtower/explain', {
    method: 'POST',
    body: new URLSearchParams({ request: JSON.stringify(request) }),
  });
  return { status: response.status, text: await response.text() };
}

async function explained(...asked: Parameters<typeof ask>): Promise<Explanation> {
  const { status, text } = await ask(...asked);
  expect(status, text).toBe(200);
  return JSON.parse(text) as Explanation;
}

const told = ({ differences }: Explanation) => differences.map(({ place, key, value }) => `${place}.${key}=${value}`);

describe('what differs between spans', () => {
  it('names the customer and the version of which requests are slow, in this order, and nothing else', async () => {
    await send(
      ordersOf(1500, 1, ({ customer, pod, random }) => ({
        lasts: customer === 'acme' && pod.version === '2.1' ? 800 + 100 * random() : 20 + 20 * random(),
      })),
    );
    const answer = await explained({ slowerThanMs: 500 });
    expect(told(answer)).toEqual(['span.customer.id=acme', 'resource.service.version=2.1']);
    expect(answer.differences[0]).toMatchObject({ query: '{ span.customer.id = "acme" }' });
    expect(answer.differences[0]!.share).toBe(1);
    expect(answer.differences[0]!.expected).toBeCloseTo(0.11, 1);
    expect(answer.hidden.keys).toContainEqual({ place: 'span', key: 'request.id' });
    expect(answer.verdict).toBe('differs');
  });

  it('folds what says the same, and pods below their version', async () => {
    await send(ordersOf(2000, 2, ({ pod }) => ({ lasts: pod.name === 'pay-1' ? 900 : 30 })));
    const [pod, ...others] = (await explained({ slowerThanMs: 500 })).differences;
    expect([pod!.key, pod!.value]).toEqual(['host.name', 'node-1']);
    expect(pod!.same).toEqual([{ place: 'resource', key: 'k8s.pod.name', value: 'pay-1' }]);
    expect(others).toEqual([]);
  });

  it('is silent where the populations are drawn from the same', async () => {
    for (const seed of [3, 4, 5]) {
      await send(ordersOf(1500, seed, ({ random }) => ({ lasts: random() < 0.2 ? 900 : 30 })));
      const answer = await explained({ slowerThanMs: 500 });
      expect([told(answer), answer.outcomes, answer.verdict]).toEqual([[], [], 'alike']);
      await store.close();
      store = await openTestStore(() => shopNow);
    }
  });

  it('says that there are too few rather than that nothing differs', async () => {
    await send(ordersOf(400, 6, () => ({})).map((order, at) => ({ ...order, lasts: at < 1 ? 900 : 30 })));
    expect((await explained({ slowerThanMs: 500 })).verdict).toBe('too-few');
  });

  it('tells how requests failed apart from why', async () => {
    await send(ordersOf(2000, 7, ({ customer }) => ({ failed: customer === 'hooli' })));
    const answer = await explained({ errors: true });
    expect(told(answer)).toEqual(['span.customer.id=hooli']);
    expect(answer.outcomes.map(({ key, value }) => `${key}=${value}`)).toContain('statusMessage=declined');
  });

  it('names the version that is new since another window, with the pods below it', async () => {
    const middle = (shopWindow.from + shopWindow.to) / 2;
    const old = { name: 'pay-old', version: '1.0', host: 'node-a' };
    const orders = ordersOf(2000, 8, () => ({}));
    await send(
      orders.map((order) => ({
        ...order,
        pod: order.at < 300_000 ? old : pods[order.attributes['cart.size'] === 0 ? 0 : 1]!,
      })),
    );
    const answer = await explained(
      { window: { from: middle, to: shopWindow.to } },
      { window: { from: shopWindow.from, to: middle } },
    );
    expect(told(answer)[0]).toBe('resource.service.version=2.1');
    expect(answer.differences).toHaveLength(1);
    expect(answer.differences[0]!.follows + answer.differences[0]!.same.length).toBeGreaterThanOrEqual(4);
  });

  it('names what is missing where the others have it', async () => {
    await send(
      ordersOf(2000, 9, ({ random }) => {
        const isSlow = random() < 0.1;
        return { lasts: isSlow ? 900 : 30, attributes: isSlow ? {} : { 'cache.key': 'prices' } };
      }),
    );
    const [first] = (await explained({ slowerThanMs: 500 })).differences;
    expect(first).toMatchObject({ place: 'span', key: 'cache.key' });
  });

  it('does not take the spans of few traces for many proofs', async () => {
    // Fifty spans of one trace are slow, and have a customer in common.
    const orders = ordersOf(1500, 10, () => ({}));
    await send(orders);
    const burst = orders.slice(0, 1)[0]!;
    const spans = Array.from({ length: 50 }, (_, at) => ({
      ...{ traceId: 'ab'.repeat(16), spanId: (at + 1).toString(16).padStart(16, '0'), name: 'POST /pay', kind: 2 },
      startTimeUnixNano: `${shopWindow.from + 1000}000000`,
      endTimeUnixNano: `${shopWindow.from + 2000}000000`,
      attributes: [{ key: 'customer.id', value: { stringValue: 'rare' } }],
    }));
    await store.ingestJson('traces', {
      resourceSpans: [
        { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'pay' } }] }, scopeSpans: [{ spans }] },
      ],
    });
    expect(burst.lasts).toBeLessThan(500);
    const answer = await explained({ slowerThanMs: 500 });
    expect(told(answer).filter((text) => text.includes('rare'))).toEqual([]);
  });

  it('tells log templates that only the traces of the selection have', async () => {
    await send(
      ordersOf(1000, 11, ({ customer }) => {
        const failed = customer === 'acme';
        return { failed, line: failed ? `card of order ${1000 + customer.length} declined` : 'order paid' };
      }),
    );
    const { templates } = await explained({ errors: true });
    expect(templates.map(({ change, template }) => `${change} ${template}`)).toEqual([
      'new card of order <*> declined',
      'gone order paid',
    ]);
  });

  it('does not tell what the query itself names', async () => {
    await send(ordersOf(1000, 12, () => ({})));
    expect(told(await explained({ query: '{ span.customer.id = "acme" }' }))).toEqual([]);
  });

  it('looks at whole traces where the query does', async () => {
    await send(ordersOf(600, 13, ({ customer, random }) => ({ failed: customer === 'acme' && random() < 0.9 })));
    const answer = await explained({ query: '{ name = "POST /orders" } >> { status = error }' });
    expect(told(answer)[0]).toBe('span.customer.id=acme');
  });

  it('shows hostile names as they are, and writes queries that parse', async () => {
    const evil = 'ignore all "rules" \u001b[31m\u202e{ } \\';
    await send(
      ordersOf(1000, 14, ({ random }) => {
        const isSlow = random() < 0.1;
        return { lasts: isSlow ? 900 : 30, attributes: { [evil]: isSlow ? evil : 'plain' } };
      }),
    );
    const [first] = (await explained({ slowerThanMs: 500 })).differences;
    expect(first).toMatchObject({ key: evil, value: evil });
    expect(told(await explained({ query: first!.query! }))).not.toContain(`span.${evil}=${evil}`);
  });

  it('answers the same each time', async () => {
    await send(ordersOf(1500, 15, ({ customer }) => ({ lasts: customer === 'acme' ? 900 : 30 })));
    const first = await explained({ slowerThanMs: 500 });
    expect(await explained({ slowerThanMs: 500 })).toEqual(first);
  });

  it('refuses what is no population with a sentence', async () => {
    const refusals = [
      await ask({ query: '{ nothing here' }),
      await ask({ query: '{} | rate()' }),
      await ask({ window: { from: 2, to: 1 } }),
      await ask({ query: 'rate({a="b"}[1m])' }, {}, 'logs'),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(refusals[1]!.text).toContain('leave the metrics function out');
    expect(refusals[2]!.text).toContain('begin before it ends');
  });

  it('answers of an empty store that there are none', async () => {
    expect(await explained({ errors: true })).toMatchObject({
      verdict: 'too-few',
      differences: [],
      selection: { count: 0 },
    });
  });
});

describe('what differs between log lines', () => {
  it('names the customer whose lines are errors, and the template', async () => {
    await send(
      ordersOf(1000, 16, ({ customer }) => {
        const failed = customer === 'acme';
        return { failed, line: failed ? 'card declined' : 'order paid' };
      }),
    );
    const answer = await explained({ errors: true }, {}, 'logs');
    expect(told(answer)).toEqual(['log.customer_id=acme']);
    expect(answer.differences[0]!.query).toBe('{service_name=~".+"} | customer_id="acme"');
    expect(answer.templates.map(({ change, template }) => `${change} ${template}`)).toEqual([
      'new card declined',
      'gone order paid',
    ]);
  });

  it('is silent where lines are drawn from the same', async () => {
    await send(ordersOf(1000, 17, ({ random }) => ({ failed: random() < 0.2, line: 'order paid' })));
    const answer = await explained({ errors: true }, {}, 'logs');
    expect([told(answer), answer.templates.filter(({ change }) => change !== 'new' && change !== 'gone')]).toEqual([
      [],
      [],
    ]);
  });
});
