import { describe, expect, it } from 'vitest';
import { search } from '../search/search';
import { tools } from '../tools';
import { trace } from '../trace/trace';
import { readArguments } from './read-arguments';

describe('the arguments of a tool', () => {
  it.each([
    ['search', 'servce', 'service'],
    ['search', 'group_by', 'by'],
    ['search', 'traceql', 'query'],
    ['search', 'start_time', 'since'],
    ['search', 'max_tokens', 'budget'],
    ['search', 'min_duration', 'min'],
    ['search', 'attributes', 'where'],
    ['trace', 'trace_id', 'id'],
    ['trace', 'compare_to', 'with'],
    ['trace', 'span_id', 'span'],
    ['wait', 'timeoutMs', 'timeout'],
  ] as const)('are refused with the nearest that is right: %s has no %s', (name, wrong, right) => {
    const tool = tools.find((each) => each.name === name)!;
    expect(readArguments(tool, { [wrong]: 'x' })).toMatchObject({
      refused: `${tool.name} has no argument "${wrong}": did you mean ${right}?`,
      hint: expect.stringContaining(right),
    });
  });

  it('are refused without a guess where nothing is near', () => {
    expect(readArguments(trace, { id: 'abcd', zzzzzzzzqqq: 1 })).toMatchObject({
      refused: 'trace has no argument "zzzzzzzzqqq".',
    });
  });

  it('say which one is missing, or cannot be, and why', () => {
    expect(readArguments(trace, {})).toMatchObject({ refused: 'trace needs the argument id.' });
    expect(readArguments(search, { budget: 50_000 })).toMatchObject({
      refused: expect.stringMatching(/^search: budget=50000 cannot be: /),
    });
    expect(readArguments(search, { signal: 'spans' })).toMatchObject({
      refused: expect.stringContaining('signal="spans"'),
    });
  });

  it('are taken as what they read as', () => {
    expect(
      readArguments(search, {
        budget: '500',
        error: 'true',
        where: '{"http.route":"/pay"}',
        by: ['service', 'name'],
        query: '',
        run: null,
      }),
    ).toEqual({ budget: 500, error: true, where: { 'http.route': '/pay' }, by: 'service,name' });
    expect(readArguments(search, { where: 'http.route=/pay, code=500' })).toMatchObject({
      where: { 'http.route': '/pay', code: '500' },
    });
  });
});
