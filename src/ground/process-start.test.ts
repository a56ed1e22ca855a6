import { describe, expect, it } from 'vitest';
import { isSameStart, readProcStart } from './process-start';

const stat = (state: string, ticks: number) =>
  `4242 (a name) with ) (brackets) ${state} ${Array.from({ length: 18 }, (_, index) => index).join(' ')} ${ticks} 0 0`;

describe('the start of a process', () => {
  it('is its clock ticks and the boot that they count from', () => {
    expect(readProcStart(stat('S', 5131), 'boot-1')).toBe('5131@boot-1');
    expect(readProcStart(stat('Z', 5131), 'boot-1')).toBeNull();
    expect(readProcStart('4242 (short) S', 'boot-1')).toBe('');
  });

  it.each([
    ['the same process', '5131@boot-1', '5131@boot-1', true],
    ['a later process with its pid', '5131@boot-1', '9999@boot-1', false],
    ['a process of the next boot, at the same moment after it', '5131@boot-1', '5131@boot-2', false],
    ['one that is gone', '5131@boot-1', null, false],
    ['a start that was written without the boot', '5131', '5131@boot-2', true],
    ['another one that was written without the boot', '5131', '9999@boot-2', false],
    ['a system that does not tell the boot', '5131@', '5131@', true],
    ['a system that tells nothing', '', '', true],
    ['nothing written, and a system that tells', '', '5131@boot-1', false],
  ])('tells %s', (_what, written, running, same) => {
    expect(isSameStart(written, running)).toBe(same);
  });
});
