import { describe, expect, it } from 'vitest';
import { metricsQuery } from './metrics-query';
import { narrowTraceQuery } from './narrow-trace-query';
import { newestFirst } from './newest-first';
import { excludeCondition, traceCondition, traceField } from './trace-condition';

describe('a narrowed query', () => {
  it.each([
    ['', '{ status = error }'],
    ['{}', '{ status = error }'],
    ['{ true }', '{ status = error }'],
    ['{ name = "a" }', '{ name = "a" && status = error }'],
    ['{ name = "a" || name = "b" }', '{ (name = "a" || name = "b") && status = error }'],
    ['{ name = "a || } b" }', '{ name = "a || } b" && status = error }'],
    ['{ name = `}` }', '{ name = `}` && status = error }'],
    ['{ name = "a" } >> { name = "b" }', '{ name = "a" } >> { name = "b" } | { status = error }'],
    ['{} | select(span.a)', '{} | select(span.a) | { status = error }'],
    ['{ .a = 1 } with (most_recent=true)', '{ .a = 1 && status = error } with (most_recent=true)'],
    ['{ status = error && .a = 1 }', '{ status = error && .a = 1 }'],
    ['{ status = error || .a = 1 }', '{ (status = error || .a = 1) && status = error }'],
    ['{ (.a != 1 || .a = nil) && .b = 2 }', '{ (.a != 1 || .a = nil) && .b = 2 && status = error }'],
    [
      '{ (.a = 1 || .b = 2 && status = error && .c = 3) }',
      '{ (.a = 1 || .b = 2 && status = error && .c = 3) && status = error }',
    ],
  ])('of %s is %s', (query, narrowed) => {
    expect(narrowTraceQuery(query, 'status = error')).toBe(narrowed);
  });
});

describe('a metrics query', () => {
  it.each([
    ['', '{} | rate() with (exemplars=false)'],
    ['{ .a = 1 } | select(.b)', '{ .a = 1 } | select(.b) | rate() with (exemplars=false)'],
    ['{} with (most_recent=true)', '{} | rate() with (most_recent=true, exemplars=false)'],
  ])('of %s is %s', (query, metrics) => {
    expect(metricsQuery(query, 'rate()')).toBe(metrics);
  });
});

describe('a query for the newest', () => {
  it.each([
    ['', '{} with (most_recent=true)'],
    ['{ name = "with (a)" } | select(.b)', '{ name = "with (a)" } | select(.b) with (most_recent=true)'],
    ['{} with (a=1)', '{} with (a=1, most_recent=true)'],
    ['{} with (most_recent=false)', '{} with (most_recent=false)'],
  ])('of %s is %s', (query, newest) => {
    expect(newestFirst(query)).toBe(newest);
  });
});

describe('a condition', () => {
  it('quotes what needs it', () => {
    expect(traceField('span', 'a b"')).toBe('span."a b\\""');
    // TraceQL knows no other escape in a name than these two.
    expect(traceField('span', 'two\nlines\u0000\\')).toBe('span."two\nlines\u0000\\\\"');
    expect(traceCondition('span.a', 'x "y"')).toBe('span.a = "x \\"y\\""');
    expect(traceCondition('span.a', 404)).toBe('span.a = 404');
    expect(traceCondition('status', 'error')).toBe('status = error');
    expect(traceCondition('span.a', null)).toBe('span.a = nil');
    expect(traceCondition('span.a', ['x'])).toBeNull();
    expect(traceCondition('span.a', 'x'.repeat(301))).toBeNull();
  });

  it('is excluded also of spans that have no such attribute', () => {
    expect(excludeCondition('span.a = 1')).toBe('(span.a != 1 || span.a = nil)');
    expect(excludeCondition('.a = "b || c"')).toBe('(.a != "b || c" || .a = nil)');
    expect(excludeCondition('resource."x = y" = "z"')).toBe('(resource."x = y" != "z" || resource."x = y" = nil)');
    expect(excludeCondition('name = "a = b"')).toBe('name != "a = b"');
    expect(excludeCondition('span.a = nil')).toBe('span.a != nil');
  });

  it('is excluded whole where it is made of several, or can hold of one event among others', () => {
    expect(excludeCondition('name = "a" && span.b = 1')).toBe('!(name = "a" && span.b = 1)');
    expect(excludeCondition('event.a = "b"')).toBe('!(event.a = "b")');
  });
});
