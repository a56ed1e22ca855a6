import { describe, expect, it } from 'vitest';
import { jsonLine, paint, printable, printableName, type Terminal } from './terminal';

const plain: Terminal = { out: () => {}, error: () => {}, coloured: false, isPerson: false, columns: 80 };

describe('printable', () => {
  it('shows escape sequences instead of obeying them', () => {
    expect(printable('\u001b[2Jboo\u0007')).toBe('\\x1b[2Jboo\\x07');
    expect(printable('\u009b31mred')).toBe('\\x9b31mred');
  });

  it('keeps newlines, tabs and text of any language', () => {
    expect(printable('ключ\tvalue\nnext 鍵')).toBe('ключ\tvalue\nnext 鍵');
  });

  it('shows marks that turn the direction of writing', () => {
    expect(printable('abc\u202ecba')).toBe('abc\\u202ecba');
  });
});

describe('printableName', () => {
  it('keeps a name on its line', () => {
    expect(printableName('GET /\n00:00:00 ERROR forged')).toBe('GET /\\x0a00:00:00 ERROR forged');
  });
});

describe('jsonLine', () => {
  it('is one line without control characters that reads back as the same value', () => {
    const value = { line: 'a\u001b[2J\u009b31m\u007f\nb' };
    const line = jsonLine(value);
    expect(line).toMatch(/^[\u0020-\u007e]+\n$/);
    expect(JSON.parse(line)).toEqual(value);
  });
});

describe('paint', () => {
  it('adds no escape sequence where the output is not a terminal', () => {
    expect(paint(plain, 'red', 'x')).toBe('x');
    expect(paint({ ...plain, coloured: true }, 'red', 'x')).toBe('\u001b[31mx\u001b[39m');
  });
});
