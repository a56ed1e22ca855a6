import { describe, expect, it } from 'vitest';
import { patternFilter } from './pattern-filter';

describe('the filter of a pattern', () => {
  it.each([
    ['order <*> saved', 'order 17 saved', 'order <_> saved'],
    ['<*> INFO order <*>', '2026-11-30 INFO order 17', '<_> INFO order <_>'],
    ['slot <*> free', '{"level":30,"msg":"slot 17 free"}', '<_>slot <_> free<_>'],
    ['a b <*>', 'a   b 17', 'a<_>b<_>'],
    ['first line', 'first line\nsecond', 'first line<_>'],
    ['order <*> saved', '', 'order <_> saved'],
    ['user=<*> id=<*>', 'user=ann id=7', 'user=<_> id=<_>'],
  ])('of %s in %j is %s', (template, example, filter) => {
    expect(patternFilter(template, example)).toBe(filter);
  });

  it('is none where all of the line varies', () => {
    expect(patternFilter('<*>', '17')).toBeNull();
    expect(patternFilter('', '')).toBeNull();
  });
});
