import { expect, it } from 'vitest';
import { ShownIds } from './shown-ids';

it('shows as many digits of an id as tell it from all that were shown', () => {
  const ids = new ShownIds();
  const one = '4bf92f3577b34da6a3ce929d0e0e4736';
  const alike = '4bf92f35aab34da6a3ce929d0e0e4736';
  expect(ids.show(one)).toBe('4bf92f35');
  expect(ids.show(alike)).toBe('4bf92f35a');
  expect(ids.show(one)).toBe('4bf92f357');
  expect(ids.find('4bf92f35').sort()).toEqual([one, alike].sort());
  expect(ids.find('4bf92f35a')).toEqual([alike]);
  expect(ids.find('4bf9').sort()).toEqual([one, alike].sort());
  expect(ids.find('ffff')).toEqual([]);
});

it('shows an id of 64 bits without the zeros in front of it', () => {
  const ids = new ShownIds();
  const id = '000000000000000053995c3f42cd8ad8';
  expect(ids.show(id)).toBe('53995c3f');
  expect(ids.find('53995c3f')).toEqual([id]);
  expect(ids.find(id)).toEqual([id]);
});

it('keeps the newest alone', () => {
  const ids = new ShownIds();
  const start = (number: number) => `f${number.toString(16).padStart(7, '0')}`;
  for (let number = 0; number < 6000; number++) ids.show(`${start(number)}${'0'.repeat(24)}`);
  expect(ids.find(start(0))).toEqual([]);
  expect(ids.find(start(5999))).toHaveLength(1);
});
