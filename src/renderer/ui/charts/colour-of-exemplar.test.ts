import { expect, it } from 'vitest';
import { serviceColour } from '../marks/service-colour';
import { colourOfExemplar } from './colour-of-exemplar';

it('gives an exemplar the colour of its series, else that of its service, else the accent', () => {
  const series: { labels: Record<string, string> }[] = [
    { labels: { service: 'a' } },
    { labels: { __name__: 'x', service: 'b' } },
  ];
  const looks = [
    { name: 'a', colour: 'red' },
    { name: 'b', colour: 'blue' },
  ];
  expect(colourOfExemplar({ service: 'b', le: '0.5', trace_id: '1' }, series, looks)).toBe('blue');
  expect(colourOfExemplar({ service: 'c' }, series, looks)).toBe(serviceColour('c'));
  expect(colourOfExemplar({ zone: 'c' }, [{ labels: {} }], looks)).toBe('var(--color-accent)');
});
