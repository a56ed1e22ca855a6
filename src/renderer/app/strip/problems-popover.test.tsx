// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { HostStatus } from '../../../shared/contract/host';
import { makeStatus } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

withScriptedHost();

const full = { id: 'disk', kind: 'disk-full', message: 'The disk is full.', hint: 'Make room.' } as const;
const damaged = {
  id: 'database-damaged',
  kind: 'database-damaged',
  message: 'The database was damaged.',
  details: 'checksum of block 7',
  lifetime: 'until-seen',
} as const;
const withProblems = (...problems: HostStatus['problems']) => makeStatus({ problems });

it('counts problems in the strip of every page, and says that there is none', async () => {
  const status = host.feed('host', 'status', makeStatus());
  const { user } = await openPanel('/settings');
  await user.click(await screen.findByRole('button', { name: 'No problems' }));
  expect(await screen.findByText(/Nothing fails/)).toBeTruthy();
  await user.keyboard('{Escape}');
  status.push(withProblems(full));
  expect(await screen.findByRole('button', { name: '1 problem' })).toBeTruthy();
  status.push(withProblems(full, damaged));
  expect(await screen.findByRole('button', { name: '2 problems' })).toBeTruthy();
});

it('tells of each what happened and what to do, with the details folded and the whole to copy', async () => {
  host.feed('host', 'status', withProblems(full, damaged));
  const { user, copied } = await openPanel('/settings');
  await user.click(await screen.findByRole('button', { name: '2 problems' }));
  const [first, second] = await screen.findAllByRole('alert');
  expect(within(first!).getByText('The disk is full.')).toBeTruthy();
  expect(within(first!).getByText('Make room.')).toBeTruthy();
  expect(second!.querySelector('details')?.open).toBe(false);
  await user.click(within(second!).getByRole('button', { name: 'Copy the problem' }));
  expect(copied()).toBe('The database was damaged.\nchecksum of block 7');
});

it('dismisses what is over and offers that for nothing else', async () => {
  const status = host.feed('host', 'status', withProblems(full, damaged));
  host.answer('host', 'dismiss', () => {
    status.push(withProblems(full));
    return withProblems(full);
  });
  const { user } = await openPanel('/settings');
  await user.click(await screen.findByRole('button', { name: '2 problems' }));
  const buttons = await screen.findAllByRole('button', { name: 'Dismiss' });
  expect(buttons).toHaveLength(1);
  await user.click(buttons[0]!);
  await waitFor(() => expect(screen.queryByText('The database was damaged.')).toBeNull());
  expect(host.inputsOf('host.dismiss')).toEqual([{ id: 'database-damaged' }]);
  expect(screen.getByText('The disk is full.')).toBeTruthy();
});

it('stays as it is where the host refuses to dismiss one', async () => {
  host.feed('host', 'status', withProblems(damaged));
  host.answer('host', 'dismiss', () => {
    throw new ORPCError('BACKEND', {
      status: 409,
      defined: true,
      data: { kind: 'problem-lasts', message: 'This goes by itself.' },
    });
  });
  const { user } = await openPanel('/settings');
  await user.click(await screen.findByRole('button', { name: '1 problem' }));
  await user.click(await screen.findByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(host.inputsOf('host.dismiss')).toHaveLength(1));
  expect(screen.getByText('The database was damaged.')).toBeTruthy();
});
