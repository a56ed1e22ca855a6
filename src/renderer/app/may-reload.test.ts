import { expect, it } from 'vitest';
import { mayReload } from './may-reload';

function notes() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

it('reloads once, and again only after a rest: a fault that stays reloads nothing for ever', () => {
  const kept = notes();
  expect(mayReload(1_000_000, kept)).toBe(true);
  expect(mayReload(1_002_000, kept)).toBe(false);
  expect(mayReload(1_031_000, kept)).toBe(true);
});

it('does not reload where it could not remember it', () => {
  const blocked = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  expect(mayReload(1, { getItem: blocked, setItem: blocked })).toBe(false);
});
