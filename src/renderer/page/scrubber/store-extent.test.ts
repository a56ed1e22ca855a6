import { describe, expect, it } from 'vitest';
import { makeStatus } from '../../test-host/host-data';
import { columnStep, storeExtent } from './store-extent';

const hour = 3_600_000;
const now = 1_786_000_000_000;
const chosen = { from: now - hour / 4, to: now };
const statusOf = (oldestAt: number | null) => {
  const status = makeStatus();
  return { ...status, storage: { ...status.storage, oldestAt } };
};

describe('the extent', () => {
  it('begins with the oldest that is kept, though not before what may be kept', () => {
    expect(storeExtent(statusOf(now - 5 * hour), chosen, now)).toEqual({ from: now - 5 * hour, to: now });
    expect(storeExtent(statusOf(5), chosen, now)).toEqual({ from: now - 72 * hour, to: now });
  });

  it('begins with what happened before it arrived', () => {
    const status = statusOf(now - hour);
    expect(storeExtent(status, chosen, now, now - 9 * hour).from).toBe(now - 9 * hour);
    expect(storeExtent(status, chosen, now, now - hour / 2).from).toBe(now - hour);
    expect(storeExtent(status, chosen, now, 5).from).toBe(now - 72 * hour);
  });

  it('is a day where nothing is known of it, and a quarter of an hour for what has just begun', () => {
    expect(storeExtent(statusOf(null), chosen, now).from).toBe(now - 24 * hour);
    expect(storeExtent(statusOf(now - 5000), { from: now - 1000, to: now }, now).from).toBe(now - hour / 4);
  });

  it('holds the chosen window, wherever that is', () => {
    const far = { from: now - 900 * hour, to: now + hour };
    expect(storeExtent(statusOf(now - hour), far, now)).toEqual(far);
  });
});

it('columns are of round times, two hundred at most', () => {
  for (const hours of [0.25, 5, 24, 72, 8760]) {
    const step = columnStep({ from: now - hours * hour, to: now });
    expect((hours * 3600) / step).toBeLessThanOrEqual(200);
    expect((hours * 3600) / step).toBeGreaterThan(60);
  }
});
