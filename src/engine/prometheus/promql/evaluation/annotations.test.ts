import { expect, it } from 'vitest';
import { Annotations } from './annotations';

it('tells each text once, at its place', () => {
  const notes = new Annotations('sum(\n  rate(x[1m]))');
  for (let times = 0; times < 3; times++) notes.warn('it looks wrong', 12);
  notes.inform('it may be wrong', 0);
  expect(notes.warnings).toEqual(['PromQL warning: it looks wrong (2:8)']);
  expect(notes.infos).toEqual(['PromQL info: it may be wrong (1:1)']);
});

it('tells ten of a kind and how many more there are', () => {
  const notes = new Annotations('x');
  for (let at = 0; at < 14; at++) notes.warn(`warning ${at}`, 0);
  for (let at = 0; at < 10; at++) notes.inform(`info ${at}`, 0);
  expect(notes.warnings).toHaveLength(11);
  expect(notes.warnings.at(-1)).toBe('4 more warning annotations omitted');
  expect(notes.infos).toHaveLength(10);
});
