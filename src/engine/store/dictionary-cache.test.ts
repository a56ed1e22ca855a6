import { expect, it } from 'vitest';
import { openTestStore } from './open-test-store';

it('id 0 is the empty text, also of more ids than are kept and after them', async () => {
  const { reader, close } = await openTestStore();
  const { dictionary } = reader;
  const many = Array.from({ length: 100_001 }, (_, id) => id);
  expect((await dictionary.strings([0])).get(0)).toBe('');
  expect((await dictionary.strings(many)).get(0)).toBe('');
  expect((await dictionary.strings([1, 0])).get(0)).toBe('');
  expect((await dictionary.strings([1])).has(0)).toBe(false);
  await close();
});
