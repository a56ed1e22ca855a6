import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../shared/contract/telemetry';
import { LogBuffer } from './log-buffer';

const record = (line: string): LogRecord => ({ timeNs: '1', line, level: 'info', service: 'shop', labels: {} });
const records = (...lines: string[]) => lines.map(record);
const shown = (buffer: LogBuffer) => buffer.view.lines.map(({ line }) => line);

describe('LogBuffer', () => {
  it('lets the oldest lines go when it is full', () => {
    const buffer = new LogBuffer(3);
    buffer.append(records('a', 'b'));
    buffer.append(records('c', 'd'));
    expect(shown(buffer)).toEqual(['b', 'c', 'd']);
  });

  it('holds the view still and counts what came', () => {
    const buffer = new LogBuffer(3);
    buffer.append(records('a'));
    buffer.hold();
    const before = buffer.view.lines;
    buffer.append(records('b', 'c', 'd', 'e'));
    expect(buffer.view.lines).toBe(before);
    expect(buffer.view.waiting).toBe(4);
  });

  it('shows the newest of what waited when it is released', () => {
    const buffer = new LogBuffer(3);
    buffer.append(records('a'));
    buffer.hold();
    buffer.append(records('b', 'c', 'd', 'e'));
    buffer.release();
    expect(shown(buffer)).toEqual(['c', 'd', 'e']);
    expect(buffer.view).toMatchObject({ held: false, waiting: 0 });
  });

  it('puts older lines in front with ids of their own and does not run on', () => {
    const buffer = new LogBuffer(10);
    buffer.append(records('c'));
    buffer.prepend(records('b'));
    buffer.prepend(records('a'));
    expect(shown(buffer)).toEqual(['a', 'b', 'c']);
    expect(buffer.view.held).toBe(true);
    const ids = buffer.view.lines.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(3);
  });

  it('takes older lines up to twice its capacity, the newest of them, and says when it is full', () => {
    const buffer = new LogBuffer(2);
    buffer.append(records('e', 'f'));
    expect(buffer.prepend(records('d'))).toBe(true);
    expect(buffer.prepend(records('a', 'b', 'c'))).toBe(false);
    expect(shown(buffer)).toEqual(['c', 'd', 'e', 'f']);
    expect(buffer.prepend(records('a'))).toBe(false);
    expect(shown(buffer)).toEqual(['c', 'd', 'e', 'f']);
  });

  it('adds up what was dropped on the way', () => {
    const buffer = new LogBuffer();
    buffer.append([], 5);
    buffer.append(records('a'), 2);
    expect(buffer.view.dropped).toBe(7);
  });

  it('tells its readers of every change until they leave', () => {
    const buffer = new LogBuffer();
    let told = 0;
    const leave = buffer.subscribe(() => told++);
    buffer.append(records('a'));
    leave();
    buffer.append(records('b'));
    expect(told).toBe(1);
  });
});
