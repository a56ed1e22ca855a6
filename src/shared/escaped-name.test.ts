import { expect, test } from 'vitest';
import { escapeName, unescapeName } from './escaped-name';

test.each<[string, string]>([
  ['город', 'U___433__43e__440__43e__434_'],
  ['名前', 'U___540d__524d_'],
  ['😀', 'U___1f600_'],
  ['a_b.c', 'U__a__b_2e_c'],
  ['...', 'U___2e__2e__2e_'],
  ['', 'U__'],
])('%j is escaped as %s and read again', (name, escaped) => {
  expect(escapeName(name)).toBe(escaped);
  expect(unescapeName(escaped)).toBe(name);
});

test.each(['user_id', 'U__a_b', 'U___ffffff_', 'u__a'])('%s is no escaped name', (name) => {
  expect(unescapeName(name)).toBe(name);
});
