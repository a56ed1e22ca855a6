// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useSettledText } from './use-settled-text';
import { useStoredSwitch } from './use-stored-switch';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  localStorage.clear();
});

function open(first: string) {
  const onSettle = vi.fn();
  const view = renderHook(({ value }) => useSettledText(value, onSettle), { initialProps: { value: first } });
  const type = (text: string) => act(() => view.result.current[1](text));
  const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms));
  return { onSettle, type, wait, text: () => view.result.current[0], rerender: view.rerender };
}

it('takes a text over once its typing pauses, and not letter by letter', () => {
  const { onSettle, type, wait, text } = open('');
  for (const each of ['c', 'ca', 'cart']) {
    type(each);
    wait(200);
  }
  expect(text()).toBe('cart');
  expect(onSettle).not.toHaveBeenCalled();
  wait(250);
  expect(onSettle).toHaveBeenCalledExactlyOnceWith('cart');
});

it('does not undo what was typed while the text before was being taken over', () => {
  const { onSettle, type, wait, text, rerender } = open('');
  type('cart');
  wait(250);
  type('carts');
  rerender({ value: 'cart' });
  expect(text()).toBe('carts');
  wait(250);
  expect(onSettle.mock.calls).toEqual([['cart'], ['carts']]);
});

it('gives way to a value that comes from elsewhere, and tells nobody of it', () => {
  const { onSettle, wait, text, rerender } = open('cart');
  rerender({ value: 'from a link' });
  expect(text()).toBe('from a link');
  wait(1000);
  expect(onSettle).not.toHaveBeenCalled();
});

it('remembers a switch for the next time, off at first and off again', () => {
  const open = () => renderHook(() => useStoredSwitch('logs.wrap')).result;
  const first = open();
  expect(first.current[0]).toBe(false);
  act(() => first.current[1](true));
  expect([first.current[0], open().current[0]]).toEqual([true, true]);
  act(() => first.current[1](false));
  expect([first.current[0], open().current[0]]).toEqual([false, false]);
});
