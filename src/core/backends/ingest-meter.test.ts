import { describe, expect, it } from 'vitest';
import type { EngineStats } from '../../shared/engine-messages';
import { IngestMeter } from './ingest-meter';

function stats(at: number, requests: number, spans: number): EngineStats {
  return {
    at,
    accepted: { spans, logs: 0, points: 0, requests, bytes: 0 },
    rejected: { spans: 1, logs: 0, points: 0, requests: 0 },
    rejections: [],
    leftOut: { points: 0, reasons: [] },
    stored: { spans, logs: 0, points: 0, series: 0 },
    backlogBytes: 0,
    diskBytes: 0,
    oldestAt: null,
    residentBytes: 0,
  };
}

describe('IngestMeter', () => {
  it('gives items a second over the time that really passed', () => {
    const meter = new IngestMeter();
    meter.add(stats(1000, 0, 0));
    expect(meter.read().lastReceivedAt).toBeNull();
    meter.add(stats(3000, 2, 500));
    expect(meter.read()).toMatchObject({
      rates: { spans: 250 },
      totals: { spans: 500 },
      rejected: { spans: 1 },
      lastReceivedAt: 3000,
    });
    meter.add(stats(4000, 2, 500));
    expect(meter.read()).toMatchObject({ rates: { spans: 0 }, lastReceivedAt: 3000 });
  });

  it('starts anew with the counters of a restarted engine and never shows a negative rate', () => {
    const meter = new IngestMeter();
    meter.add(stats(1000, 9, 900));
    meter.stop();
    expect(meter.read().rates.spans).toBe(0);
    meter.add(stats(2000, 1, 10));
    expect(meter.read().rates.spans).toBe(10);
    meter.add(stats(3000, 0, 0));
    expect(meter.read().rates.spans).toBe(0);
  });

  it('rests while nothing arrives: no history to tell of', () => {
    const meter = new IngestMeter();
    for (let second = 0; second < 5; second++) meter.add(stats(second * 1000, 0, 0));
    expect(meter.read().history).toEqual([]);
    meter.add(stats(5000, 1, 10));
    for (let second = 6; second < 125; second++) meter.add(stats(second * 1000, 1, 10));
    expect(meter.read().history[0]).toMatchObject({ at: 5000, spans: 10 });
    meter.add(stats(125_000, 1, 10));
    expect(meter.read().history).toEqual([]);
  });

  it('remembers two minutes', () => {
    const meter = new IngestMeter();
    for (let second = 0; second < 200; second++) meter.add(stats(second * 1000, second, second));
    const { history } = meter.read();
    expect(history).toHaveLength(120);
    expect(history.at(-1)!.at).toBe(199_000);
  });
});
