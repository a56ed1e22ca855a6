// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { pages } from '../page/pages';
import { feedStack } from '../test-host/feed-stacks';
import { openPanel, withScriptedHost } from '../test-host/open-panel';
import { host } from '../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.feed('traces', 'tail');
  host.feed('logs', 'tail');
  feedStack();
  host.feed('destinations', 'status');
  host.answer('snippets', 'languages', () => []);
});

it.each(pages.map(({ title, key, to }) => [title, key, to]))('goes to %s with g and %s', async (_title, key, to) => {
  const { user, address } = await openPanel(to === '/settings' ? '/' : '/settings');
  await screen.findByText('No problems');
  await user.keyboard(`g${key}`);
  await waitFor(() => expect(address().split('?')[0]).toBe(to));
});

it('goes nowhere while somebody types, or without the first key', async () => {
  const { user, address } = await openPanel('/settings');
  const input = await screen.findByLabelText('Service name');
  await user.click(input);
  await user.keyboard('gt');
  expect(address()).toBe('/settings');
  await user.tab();
  await user.keyboard('t');
  expect(address()).toBe('/settings');
});

it('lists the keys of the frame and of the page, and leaves the page alone while the list is open', async () => {
  const { user, address } = await openPanel('/logs');
  await screen.findByText('No problems');
  await user.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'Keys' });
  expect(within(dialog).getByText('Search on this page')).toBeTruthy();
  expect(await within(dialog).findByRole('heading', { name: 'Logs' })).toBeTruthy();
  await user.keyboard('gs');
  expect(address().split('?')[0]).toBe('/logs');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('puts the cursor into the search of the page', async () => {
  const { user } = await openPanel('/logs');
  await screen.findByText('No problems');
  await waitFor(() => expect(document.querySelector('[data-page-search]')).toBeTruthy());
  await user.keyboard('/');
  expect(document.activeElement?.hasAttribute('data-page-search')).toBe(true);
});

it('says of an address without a page that there is none, inside the frame', async () => {
  const { user, address } = await openPanel('/nowhere');
  expect(await screen.findByText('No problems')).toBeTruthy();
  expect(screen.getByRole('navigation', { name: 'Pages' })).toBeTruthy();
  await user.click(within(screen.getByRole('main')).getByRole('link', { name: 'overview' }));
  await waitFor(() => expect(address()).toBe('/'));
});
