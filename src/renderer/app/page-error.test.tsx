// @vitest-environment happy-dom
// First, whatever sorts the rest: the host stands before the panel's client connects.
import '../test-host/test-page';

import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { PageError } from './page-error';

afterEach(cleanup);

it('says that the page broke and not the telemetry, tries again when told, and gives the whole to a report', async () => {
  const user = userEvent.setup();
  const write = vi.spyOn(navigator.clipboard, 'writeText');
  const reset = vi.fn();
  const error = Object.assign(new Error('x is not a function'), {
    stack: 'TypeError: x is not a function\n  at chart',
  });
  render(<PageError error={error} reset={reset} />);
  expect(screen.getByText('This page broke. That is a bug in Watchtower.')).toBeTruthy();
  expect(screen.getByText(/Your telemetry is not touched/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Copy the problem' }));
  expect(write.mock.lastCall?.[0]).toContain('TypeError: x is not a function\n  at chart');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(reset).toHaveBeenCalledOnce();
});

it('shows what was thrown where that is no error', () => {
  render(<PageError error={'lost' as unknown as Error} reset={() => {}} />);
  expect(screen.getByText('lost')).toBeTruthy();
});
