import { expect, it } from 'vitest';
import { openTestStore } from '../../store/open-test-store';
import { loadTraces } from './load-traces';

const low = '1'.repeat(16);
const trace = (high: string) => ({ hi: BigInt(`0x${high.repeat(16)}`), lo: BigInt(`0x${low}`) });

it('counts and loads the spans of the traces asked for, not those of others with the same second half of the id', async () => {
  const store = await openTestStore();
  try {
    const start = BigInt(Date.now() - 60_000) * 1_000_000n;
    const spans = [...'abbbbbc'].map((high, at) => ({
      ...{ traceId: high.repeat(16) + low, spanId: String(at + 1).padStart(16, '0'), name: high },
      ...{ startTimeUnixNano: String(start), endTimeUnixNano: String(start + 5n) },
    }));
    await store.ingestJson('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
    const options = { attributes: false, events: false };
    const two = [trace('a'), trace('c')];
    const found = await loadTraces(store.reader, two, { ...options, mostSpans: 2 });
    expect(found).not.toBe('too many');
    expect(found).toHaveLength(2);
    expect(await loadTraces(store.reader, [trace('a'), trace('b')], { ...options, mostSpans: 5 })).toBe('too many');
  } finally {
    await store.close();
  }
});
