// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Field } from '../controls/field';
import { FeedMark } from '../marks/feed-mark';
import { showToast, Toasts } from '../overlays/toast';
import { ProblemCard } from './problem-card';
import { RefusedQuery } from './refused-query';

afterEach(cleanup);

const problem = { kind: 'disk-full', message: 'The disk is full.' } as const;

describe('a problem', () => {
  it('that lasts is told from one that is over by a shape with a name, and only the latter is dismissed', async () => {
    const onDismiss = vi.fn();
    const view = render(<ProblemCard problem={problem} />);
    expect(screen.getByRole('img', { name: 'Problem' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull();
    view.rerender(<ProblemCard problem={problem} onDismiss={onDismiss} />);
    expect(screen.getByRole('img', { name: 'Over' })).toBeTruthy();
    expect(screen.getByText('happened, and is over')).toBeTruthy();
    await userEvent.setup().click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(onDismiss).toHaveBeenCalledOnce();
  });

  it('is copied with its hint and details, and without gaps where it has none', async () => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    const view = render(<ProblemCard problem={{ ...problem, details: 'df: 100 %' }} />);
    await user.click(screen.getByRole('button', { name: 'Copy the problem' }));
    view.rerender(<ProblemCard problem={{ ...problem, hint: 'Make room.', details: 'df: 100 %' }} />);
    await user.click(screen.getByRole('button', { name: /the problem$/ }));
    expect(write.mock.calls.map(([text]) => text)).toEqual([
      'The disk is full.\ndf: 100 %',
      'The disk is full.\nMake room.\ndf: 100 %',
    ]);
  });
});

describe('a field', () => {
  const input = (error?: string) => (
    <Field label="Port" note="From 1 to 65535." error={error}>
      {(ids) => <input {...ids} />}
    </Field>
  );
  const described = () => document.getElementById(screen.getByLabelText('Port').getAttribute('aria-describedby')!);

  it('is described by its note, and by what is wrong in its place', () => {
    const view = render(input());
    expect(described()?.textContent).toBe('From 1 to 65535.');
    view.rerender(input('That is no port.'));
    expect(described()?.textContent).toBe('That is no port.');
  });
});

it('tells in words how a live feed stands', () => {
  const refused = { kind: 'refused', problem: { kind: 'query', message: '' } } as const;
  const words = [{ kind: 'off' }, { kind: 'connecting' }, { kind: 'live' }, { kind: 'reconnecting' }, refused] as const;
  const told = words.map((state) => render(<FeedMark state={state} />).container.textContent?.trim());
  expect(told).toEqual(['', 'connecting', 'live', 'reconnecting', 'not live']);
  expect(render(<FeedMark state={{ kind: 'live' }} held />).container.textContent?.trim()).toBe('held');
});

describe('a refused query', () => {
  const open = (position?: number) =>
    render(<RefusedQuery language="PromQL" query="sum(" problem={{ message: 'no', position }} onChoose={() => {}} />);

  it('marks the place that is wrong, and the end where something is missing', () => {
    const marked = (position: number) => open(position).container.querySelector('.decoration-wavy')?.textContent;
    expect([marked(3), marked(4)]).toEqual(['(', ' ']);
  });

  it('shows no place where none is known', () => {
    expect(open().container.querySelector('.decoration-wavy')).toBeNull();
    expect(screen.queryByText('sum(')).toBeNull();
  });
});

it('dismisses a message with its button', async () => {
  render(<Toasts />);
  showToast('Copied the trace id', '4bf92f');
  expect(await screen.findByText('4bf92f')).toBeTruthy();
  await userEvent.setup().click(screen.getByLabelText('Dismiss'));
  await waitFor(() => expect(screen.queryByText('4bf92f')).toBeNull());
});
