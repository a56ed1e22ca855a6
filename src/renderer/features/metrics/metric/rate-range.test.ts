import { describe, expect, it } from 'vitest';
import { rateRange } from './rate-range';

describe('rateRange', () => {
  it('is long enough for two samples of an SDK that sends once a minute', () => {
    expect(rateRange({ name: 'orders_total' }, 1)).toBe('2m');
  });

  it('is shorter where the samples are closer', () => {
    expect(rateRange({ name: 'traces_spanmetrics_calls_total' }, 1)).toBe('1m');
    expect(rateRange({ name: 'watchtower_received_spans_total' }, 5)).toBe('1m');
  });

  it('leaves no sample out between two points', () => {
    expect(rateRange({ name: 'orders_total' }, 300)).toBe('10m');
    expect(rateRange({ name: 'orders_total' }, 1800)).toBe('1h');
    expect(rateRange({ name: 'orders_total' }, 65)).toBe('130s');
  });
});
