import { describe, expect, it } from 'vitest';
import type { RunChange } from '../runs/run-diff';
import { diffRuns } from './diff-runs';
import { failuresOf, parseFailOn } from './fail-on';
import { shopRun } from './shop-run.test-data';

const change = (kind: RunChange['kind'], extra: Partial<RunChange> = {}): RunChange => ({
  ...{
    kind,
    worse: true,
    sentence: kind,
    service: 'a',
    request: '',
    subject: 'b',
    before: 100,
    after: 150,
    examples: {},
  },
  ...extra,
});
const base = diffRuns(shopRun({ seed: 1, requests: 2 }), shopRun({ seed: 2, requests: 2 }));

function failed(text: string, ...changes: RunChange[]): string[] {
  const allowed = parseFailOn(text);
  if ('problem' in allowed) throw new Error(allowed.problem.message);
  if ('problem' in base) throw new Error(base.problem.message);
  return failuresOf({ ...base, changes }, allowed).map(({ kind }) => kind);
}

describe('--fail-on', () => {
  it('takes what it names, and `slower` from so much on', () => {
    const all = [change('new-errors'), change('slower'), change('more-queries'), change('new-span', { worse: false })];
    expect(failed('new-errors, more-queries', ...all)).toEqual(['new-errors', 'more-queries']);
    expect(failed('slower:20%', ...all)).toEqual(['slower']);
    expect(failed('slower:60%', ...all)).toEqual([]);
    expect(failed('slower', ...all)).toEqual(['slower']);
    expect(failed('worse', ...all)).toEqual(['new-errors', 'slower', 'more-queries']);
    expect(failed('any', ...all)).toHaveLength(4);
  });

  it.each([
    ['new-erors', '“new-erors” is none of its words'],
    ['', 'It is empty'],
    [' , ', 'It is empty'],
    ['slower:20', 'only slower takes a number'],
    ['slower:x%', 'only slower takes a number'],
    ['new-errors:5%', 'only slower takes a number'],
    ['worse,bad', '“bad” is none of its words'],
  ])('refuses “%s” by name', (text, message) => {
    const answer = parseFailOn(text);
    expect('problem' in answer && answer.problem.message).toContain(message);
    expect('problem' in answer && answer.problem.hint).toContain('new-errors');
  });
});
