import { describe, expect, it } from 'vitest';
import { PullMeter } from './pull-meter';

describe('PullMeter', () => {
  it('adds up layers and images, and says how fast they come', () => {
    let now = 10_000;
    const meter = new PullMeter(['loki:3', 'tempo:3'], () => now);
    meter.add('loki:3', { layer: 'a', state: 'downloading', current: 0, total: 3_000_000 });
    meter.add('loki:3', { layer: 'a', state: 'downloading', current: 1_500_000, total: 3_000_000 });
    now += 1_000;
    meter.add('tempo:3', { layer: 'b', state: 'downloading', current: 1_500_000, total: 2_000_000 });
    expect(meter.read()).toMatchObject({ currentBytes: 3_000_000, totalBytes: 5_000_000, bytesPerSecond: 1_000_000 });
    now += 5_000;
    expect(meter.read().bytesPerSecond).toBe(0);
  });

  it('keeps a layer that is being extracted as downloaded', () => {
    const meter = new PullMeter(['loki:3'], () => 0);
    meter.add('loki:3', { layer: 'a', state: 'downloading', current: 900, total: 1_000 });
    meter.add('loki:3', { layer: 'a', state: 'extracting', current: 10, total: 0 });
    expect(meter.read().images[0]).toMatchObject({
      currentBytes: 1_000,
      layers: [{ id: 'a', state: 'extracting', currentBytes: 1_000, totalBytes: 1_000 }],
    });
  });

  it('shows a problem until the image moves again', () => {
    const meter = new PullMeter(['loki:3'], () => 0);
    const problem = { kind: 'pull-cut', message: 'cut' } as const;
    meter.fail('loki:3', problem, 'waiting');
    expect(meter.read().images[0]).toMatchObject({ state: 'waiting', problem });
    meter.add('loki:3', { layer: 'a', state: 'downloading', current: 1, total: 10 });
    expect(meter.read().images[0]).not.toHaveProperty('problem');
    meter.present('loki:3');
    expect(meter.read().images[0]!.state).toBe('present');
  });
});
