import { describe, expect, it } from 'vitest';
import { compareTemplates } from './compare-templates';
import { TemplateTally } from './template-tally';

function tallyOf(lines: readonly [line: string, level: string, selection: number, against: number][]): TemplateTally {
  const tally = new TemplateTally();
  for (const [line, level, selection, against] of lines) {
    tally.add({ service: 'shop', level, line }, true, selection);
    tally.add({ service: 'shop', level, line }, false, against);
  }
  return tally;
}

const told = (tally: TemplateTally, exposure = { selection: 100, against: 100 }) =>
  compareTemplates(tally, exposure, 10).map(({ change, template }) => `${change} ${template}`);

describe('compareTemplates', () => {
  it('tells what is new, gone, and three times as frequent or rare, what warns and grew first', () => {
    const tally = tallyOf([
      ['order 17 paid', 'info', 400, 400],
      ['cache is warm', 'info', 0, 40],
      ['retrying', 'warn', 90, 10],
      ['pool of 5 is exhausted', 'error', 30, 0],
      ['slept well', 'info', 10, 90],
    ]);
    expect(told(tally)).toEqual([
      'new pool of <*> is exhausted',
      'more retrying',
      'fewer slept well',
      'gone cache is warm',
    ]);
  });

  it('is silent where there is as much of each for as much of it', () => {
    const tally = tallyOf([
      ['a line', 'info', 30, 300],
      ['a warning', 'warn', 6, 60],
    ]);
    expect(told(tally, { selection: 100, against: 1000 })).toEqual([]);
  });

  it('does not tell of what chance may have made', () => {
    expect(told(tallyOf([['seldom', 'error', 3, 0]]))).toEqual([]);
  });
});
