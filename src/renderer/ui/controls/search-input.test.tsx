// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type KeyboardEventHandler, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { SearchInput } from './search-input';

afterEach(cleanup);

function Held({ first, onKeyDown }: { first: string; onKeyDown: KeyboardEventHandler }) {
  const [value, setValue] = useState(first);
  return <SearchInput aria-label="Search" pageSearch value={value} onChange={setValue} onKeyDown={onKeyDown} />;
}

function open(first = '') {
  const onKey = vi.fn();
  const outer = vi.fn();
  render(
    // biome-ignore lint/a11y/noStaticElementInteractions: stands for the dialog around, which a key may shut
    <div onKeyDown={({ key }) => outer(key)}>
      <Held first={first} onKeyDown={onKey} />
    </div>,
  );
  return { user: userEvent.setup(), input: screen.getByLabelText('Search') as HTMLInputElement, onKey, outer };
}

it('is emptied by Escape, which then goes no further, and left by a second one', async () => {
  const { user, input, outer } = open('cart');
  await user.click(input);
  await user.keyboard('{Escape}');
  expect(input.value).toBe('');
  expect(document.activeElement).toBe(input);
  expect(outer).not.toHaveBeenCalled();
  await user.keyboard('{Escape}');
  expect(document.activeElement).not.toBe(input);
  expect(outer).toHaveBeenCalledExactlyOnceWith('Escape');
});

it('is emptied by its button, and goes on being written in', async () => {
  const { user, input } = open('cart');
  await user.click(screen.getByRole('button', { name: 'Clear' }));
  expect(input.value).toBe('');
  expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull();
  await user.keyboard('x');
  expect(input.value).toBe('x');
});

it('hands the other keys on, and names the key that leads to it only while it is empty', async () => {
  const { user, input, onKey } = open();
  expect(screen.getByText('/')).toBeTruthy();
  await user.type(input, 'a{Enter}');
  expect(onKey.mock.calls.map(([{ key }]) => key)).toEqual(['a', 'Enter']);
  expect(screen.queryByText('/')).toBeNull();
});
