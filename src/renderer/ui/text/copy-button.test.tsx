// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from '../overlays/toast';
import { CopyButton } from './copy-button';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function open(text: string | (() => string), label?: string) {
  const user = userEvent.setup();
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  render(
    <>
      <CopyButton text={text} what="the trace id" label={label} />
      <Toasts />
    </>,
  );
  return { user, write };
}

describe('copying', () => {
  it('says what it copies, and that it was copied', async () => {
    const { user, write } = open('4bf92f');
    await user.click(screen.getByRole('button', { name: 'Copy the trace id' }));
    expect(write).toHaveBeenCalledExactlyOnceWith('4bf92f');
    expect(await screen.findByRole('button', { name: 'Copied the trace id' })).toBeTruthy();
    expect(await screen.findByText('Copied the trace id')).toBeTruthy();
  });

  it('makes a text that is long to make when it is asked for, and shows its first line', async () => {
    const make = vi.fn(() => 'first\nsecond\nthird');
    const { user, write } = open(make, 'For an agent');
    expect(make).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'For an agent: copy the trace id' }));
    expect(write).toHaveBeenCalledExactlyOnceWith('first\nsecond\nthird');
    expect(await screen.findByText('first … 3 lines')).toBeTruthy();
  });

  it('takes the way of a selection where the browser refuses its clipboard', async () => {
    const { user, write } = open('4bf92f');
    write.mockRejectedValue(new DOMException('not allowed', 'NotAllowedError'));
    let selected = '';
    document.execCommand = () => {
      selected = document.querySelector('textarea')?.value ?? '';
      return true;
    };
    await user.click(screen.getByRole('button', { name: 'Copy the trace id' }));
    expect(await screen.findByRole('button', { name: 'Copied the trace id' })).toBeTruthy();
    expect(selected).toBe('4bf92f');
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('does not say that it copied what the browser refused', async () => {
    const { user, write } = open('4bf92f');
    write.mockRejectedValue(new DOMException('not allowed', 'NotAllowedError'));
    document.execCommand = () => false;
    await user.click(screen.getByRole('button', { name: 'Copy the trace id' }));
    expect(await screen.findByText('Could not copy the trace id')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy the trace id' })).toBeTruthy();
  });
});
