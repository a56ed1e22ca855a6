import { describe, expect, it } from 'vitest';
import { describePull, describePullImage } from './describe-pull';

const mib = 1024 ** 2;

describe('describePull', () => {
  it('tells amount, speed and the time left', () => {
    expect(describePull({ currentBytes: 100 * mib, totalBytes: 400 * mib, bytesPerSecond: 10 * mib })).toEqual({
      share: 0.25,
      amount: '100 MiB of 400 MiB',
      speed: '10.0 MiB/s',
      left: 'about 30 s left',
    });
  });

  it('rounds a long time to tens of seconds, so that it does not flicker', () => {
    expect(describePull({ currentBytes: 0, totalBytes: 63 * mib, bytesPerSecond: mib }).left).toBe(
      'about 1 m 10 s left',
    );
  });

  it('promises nothing while nothing moves', () => {
    expect(describePull({ currentBytes: 5, totalBytes: 10, bytesPerSecond: 0 })).toMatchObject({ speed: '', left: '' });
  });

  it('knows no share before the first size', () => {
    expect(describePull({ currentBytes: 0, totalBytes: 0, bytesPerSecond: 0 }).share).toBeNull();
  });
});

describe('describePullImage', () => {
  const layer = { id: 'a', currentBytes: 1, totalBytes: 2 };

  it('says when all layers are here and are being unpacked', () => {
    const layers = [
      { ...layer, state: 'extracting' as const },
      { ...layer, state: 'done' as const },
    ];
    expect(describePullImage({ state: 'pulling', currentBytes: 2, totalBytes: 2, layers }).text).toBe('unpacking');
  });

  it('counts per cent while a layer is still coming', () => {
    const layers = [{ ...layer, state: 'downloading' as const }];
    expect(describePullImage({ state: 'pulling', currentBytes: 1, totalBytes: 3, layers }).text).toBe('33 %');
  });
});
