import { describe, expect, it } from 'vitest';
import { readPopulations } from './read-populations';

const now = 10_000_000;
const usual = { against: 'rest', budget: 700 };

describe('the populations of `watchtower explain`', () => {
  it('are what is asked for in the last hour against all else', () => {
    expect(readPopulations('', { ...usual, errors: true, slowerThan: 500 }, now)).toEqual({
      signal: 'traces',
      selection: { window: { from: now - 3_600_000, to: now + 1000 }, errors: true, slowerThanMs: 500 },
      against: { kind: 'rest' },
    });
  });

  it('are of a run in its own time, unless one is given', () => {
    expect(readPopulations('{ }', { ...usual, run: 'last' }, now).selection).toEqual({ query: '{ }', run: 'last' });
    expect(readPopulations('', { ...usual, run: 'last', since: 60_000 }, now).selection).toMatchObject({
      window: { from: now - 60_000 },
      run: 'last',
    });
  });

  it('are held against as long a time right before, another run, or a query', () => {
    const against = (text: string) => readPopulations('', { ...usual, against: text, since: 59_000 }, now).against;
    const window = { from: now - 59_000, to: now + 1000 };
    expect(against('before')).toEqual({ kind: 'window', window: { from: now - 119_000, to: now - 59_000 } });
    expect(against('run:shop~1')).toEqual({ kind: 'population', population: { run: 'shop~1' } });
    expect(against('{ name = "b" }')).toEqual({ kind: 'population', population: { query: '{ name = "b" }', window } });
  });
});
