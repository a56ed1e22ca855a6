import { BEGINS, type Incident } from '../incident';

const sku = 'SKU-4071';

/** One entry of a cache is broken: only requests that find it there fail. */
export const poisonedCache: Incident = {
  id: 'poisoned cache',
  task: 'Some checkouts fail since a quarter of an hour with an error of pricing; a retry often helps. Why?',
  cause: `the cache entry price:${sku} is broken`,
  alter(call, { minute, sku: asked, random }) {
    if (minute < BEGINS || call.service !== 'pricing' || call.kind !== 'server' || asked !== sku) return;
    const entry = call.below[0]!;
    if (entry.attributes['cache.hit'] !== true) return;
    call.error = 'cannot parse price';
    call.exception = { type: 'PriceFormatError', message: 'cannot parse price "1.2.9"' };
    call.line = { level: 'error', text: `cannot parse price of item ${Math.floor(1e6 * random())}` };
  },
  async solve(ask) {
    await ask('explain', { service: 'pricing', error: true, since: '15m' });
    await ask('search', { signal: 'traces', service: 'pricing', error: true, since: '15m', budget: 600 });
    await ask('explain', { query: `{ span.cache.key = "price:${sku}" }`, since: '15m' });
  },
  evidence: [/product\.sku=SKU-4071/, /cannot parse price/],
  named: [/4071/, /cache/i],
  distractors: [/no candidates/, /deprecated currency field/],
};
