import { describe, expect, it } from 'vitest';
import { paint, printable, type Terminal } from './terminal';

const plain: Terminal = { out: () => {}, error: () => {}, coloured: false, columns: 80 };

describe('printable', () => {
  it('shows escape sequences instead of obeying them', () => {
    expect(printable('\u001b[2Jboo\u0007')).toBe('\\x1b[2Jboo\\x07');
    expect(printable('\u009b31mred')).toBe('\\x9b31mred');
  });

  it('keeps newlines, tabs and text of any language', () => {
    expect(printable('ключ\tvalue\nnext 鍵')).toBe('ключ\tvalue\nnext 鍵');
  });
});

describe('paint', () => {
  it('adds no escape sequence where the output is not a terminal', () => {
    expect(paint(plain, 'red', 'x')).toBe('x');
    expect(paint({ ...plain, coloured: true }, 'red', 'x')).toBe('\u001b[31mx\u001b[39m');
  });
});
