import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameBatch } from './frame-batch';

describe('FrameBatch', () => {
  const frames: (() => void)[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
    vi.stubGlobal('cancelAnimationFrame', () => frames.splice(0));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    frames.splice(0);
  });

  it('hands over once a frame, in order', () => {
    const flush = vi.fn();
    const batch = new FrameBatch<number>(flush, 10);
    batch.push([1, 2]);
    batch.push([3]);
    expect(flush).not.toHaveBeenCalled();
    frames[0]!();
    expect(flush.mock.calls).toEqual([[[1, 2, 3], 0]]);
  });

  it('keeps the newest and counts the others when a page gets no frames', () => {
    const flush = vi.fn();
    const batch = new FrameBatch<number>(flush, 3);
    batch.push([1, 2]);
    batch.push([3, 4, 5]);
    vi.advanceTimersByTime(1000);
    expect(flush.mock.calls).toEqual([[[3, 4, 5], 2]]);
  });

  it('says nothing more after it was stopped', () => {
    const flush = vi.fn();
    const batch = new FrameBatch<number>(flush, 3);
    batch.push([1]);
    batch.stop();
    vi.advanceTimersByTime(5000);
    expect(flush).not.toHaveBeenCalled();
  });
});
