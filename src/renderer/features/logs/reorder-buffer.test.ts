import { describe, expect, it } from 'vitest';
import { ReorderBuffer } from './reorder-buffer';

const line = (timeNs: string) => ({ timeNs });
const times = (lines: { timeNs: string }[]) => lines.map(({ timeNs }) => timeNs);

describe('ReorderBuffer', () => {
  it('puts a cause that came after its effect before it', () => {
    const buffer = new ReorderBuffer<{ timeNs: string }>(1000);
    buffer.push([line('30')], 0);
    buffer.push([line('10'), line('20')], 600);
    expect(times(buffer.take(900))).toEqual([]);
    expect(times(buffer.take(1000))).toEqual(['10', '20', '30']);
  });

  it('keeps what is newer until it has waited itself', () => {
    const buffer = new ReorderBuffer<{ timeNs: string }>(1000);
    buffer.push([line('10')], 0);
    buffer.push([line('20')], 600);
    expect(times(buffer.take(1000))).toEqual(['10']);
    expect(times(buffer.take(1600))).toEqual(['20']);
    expect(times(buffer.take(9000))).toEqual([]);
  });

  it('compares times beyond what a number holds, and keeps equal ones in the order in which they came', () => {
    const buffer = new ReorderBuffer<{ timeNs: string; name?: string }>(0);
    buffer.push([line('1760000000000000002'), line('1760000000000000001')], 0);
    expect(times(buffer.take(0))).toEqual(['1760000000000000001', '1760000000000000002']);
    buffer.push(
      [
        { timeNs: '5', name: 'a' },
        { timeNs: '5', name: 'b' },
      ],
      0,
    );
    expect(buffer.take(0).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('gives all back at once when too many wait', () => {
    const buffer = new ReorderBuffer<{ timeNs: string }>(1000, 2);
    expect(buffer.push([line('3'), line('1')], 0)).toEqual([]);
    expect(times(buffer.push([line('2')], 0))).toEqual(['1', '2', '3']);
    expect(buffer.drain()).toEqual([]);
  });

  it('forgets what belongs to another query', () => {
    const buffer = new ReorderBuffer<{ timeNs: string }>(0);
    buffer.push([line('1')], 0);
    buffer.clear();
    expect(buffer.take(10)).toEqual([]);
  });
});
