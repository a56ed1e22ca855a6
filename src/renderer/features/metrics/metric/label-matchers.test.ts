import { expect, it } from 'vitest';
import { type LabelMatcher, readMatchers, renderMatchers, withMatcher } from './label-matchers';

const matchers: LabelMatcher[] = [
  { label: 'zone', operator: '=', value: 'a "quoted", b=c' },
  { label: 'http.route', operator: '!=', value: '/x\\y\n\u202e' },
  { label: 'code', operator: '=~', value: '5..' },
];

it('are read as they were written, whatever names and values hold', () => {
  const text = renderMatchers(matchers);
  expect(text.startsWith('zone="a \\"quoted\\", b=c", "http.route"!=')).toBe(true);
  expect(readMatchers(text)).toEqual(matchers);
});

it('are left out from where a link cannot be read', () => {
  expect(readMatchers('a="b", nonsense')).toEqual([{ label: 'a', operator: '=', value: 'b' }]);
  expect(readMatchers('a="\\x41"')).toEqual([]);
  expect(readMatchers('')).toEqual([]);
});

it('have one equal value a label, and each value once', () => {
  const eu: LabelMatcher = { label: 'zone', operator: '=', value: 'eu' };
  const us: LabelMatcher = { ...eu, value: 'us' };
  const notUs: LabelMatcher = { ...us, operator: '!=' };
  expect(withMatcher([eu], us)).toEqual([us]);
  expect(withMatcher([notUs], us)).toEqual([us]);
  expect(withMatcher([notUs], { ...eu, operator: '!=' })).toHaveLength(2);
});
