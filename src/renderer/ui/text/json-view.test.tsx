// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { JsonView } from './json-view';
import { readJson } from './read-json';

afterEach(cleanup);

const open = (value: unknown) => render(<JsonView node={readJson(JSON.stringify(value))!} />);
const isOpen = (text: string) => screen.getByText(text).closest('details')?.open;

it('opens the first levels and folds what lies deeper, until it is asked for', async () => {
  const user = userEvent.setup();
  open({ order: { customer: { name: 'Ada' } } });
  expect([isOpen('order:'), isOpen('customer:')]).toEqual([true, false]);
  await user.click(screen.getByText('customer:'));
  expect(isOpen('customer:')).toBe(true);
});

it('folds a long list, counts it, and shows the rest when asked for', async () => {
  const user = userEvent.setup();
  open({ items: Array.from({ length: 503 }, (_, index) => index) });
  expect(isOpen('items:')).toBe(false);
  expect(screen.getByText('[ 503 ]')).toBeTruthy();
  expect(screen.queryByText('500:')).toBeNull();
  await user.click(screen.getByRole('button', { name: '… show 3 more' }));
  expect(screen.getByText('502:')).toBeTruthy();
});

it('shows what is empty without a fold, and tells texts from other values', () => {
  const view = open({ none: {}, list: [], text: '7', number: 7, nothing: null });
  expect(view.container.querySelectorAll('details')).toHaveLength(1);
  expect(screen.getByText('none:').parentElement?.textContent).toBe('none: {}');
  expect(screen.getByText('list:').parentElement?.textContent).toBe('list: []');
  const accented = [...view.container.querySelectorAll('.text-accent')].map(({ textContent }) => textContent);
  expect(accented).toEqual(['7', 'null']);
});

it('shows hostile names and texts as what they are', () => {
  open({ 'a\u202eb': 'c\u200bd' });
  expect(screen.getByText('a‹U+202E›b:').parentElement?.textContent).toBe('a‹U+202E›b: c‹U+200B›d');
});

it('opens what holds a text that is searched for, and marks it', () => {
  const value = { order: { customer: { name: 'Ada Lovelace' } }, other: { deep: { text: 'x' } } };
  const view = render(<JsonView node={readJson(JSON.stringify(value))!} needles={['Love']} />);
  expect([isOpen('customer:'), isOpen('deep:')]).toEqual([true, false]);
  expect([...view.container.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['Love']);
});
