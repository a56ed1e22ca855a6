// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { Searches } from '../../../shared/contract/searches';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

let searches: Searches;
const slow = { name: 'slow', page: 'logs' as const, query: '{app="slow"}', at: 1 };

beforeEach(() => {
  searches = {
    saved: [slow],
    past: [
      { page: 'logs', query: '{app="asked"}', at: 2 },
      { page: 'traces', query: '{ }', at: 1 },
    ],
  };
  host.feed('logs', 'tail');
  host.answer('searches', 'list', () => searches);
  host.answer('searches', 'remember', ({ page, query }) => {
    searches = { ...searches, past: [{ page, query, at: 3 }, ...searches.past] };
    return searches;
  });
  host.answer('logs', 'query', () => ({ records: [] }));
});

async function openSearches(address = '/logs?q=%7Bapp%3D%22now%22%7D') {
  const panel = await openPanel(address);
  await panel.user.click(await screen.findByRole('button', { name: 'Searches' }));
  const list = await screen.findByRole('dialog');
  await within(list).findByText('Saved');
  return { ...panel, list: within(list) };
}

it('shows what is saved of the page and what was asked last, and runs one by a click', async () => {
  const { user, list, address } = await openSearches();
  expect(list.getByText('slow')).toBeTruthy();
  expect(list.queryByText('{ }')).toBeNull();
  await user.click(list.getByText('{app="asked"}'));
  await waitFor(() => expect(address()).toContain('asked'));
  expect(host.inputsOf('searches.remember')).toEqual([{ page: 'logs', query: '{app="asked"}' }]);
});

it('has very many in a list of its own height, a long query by its beginning, and what comes from outside as text', async () => {
  const saved = Array.from({ length: 300 }, (_, index) => ({
    ...slow,
    name: `search ${index}`,
    query: `{app="${index}"}`,
  }));
  const long = { ...slow, name: '<img src=x>\u202e', query: `{app="${'x'.repeat(20_000)}"}` };
  searches = { ...searches, saved: [long, ...saved] };
  const { list } = await openSearches();
  expect(list.getAllByTitle('Run it')).toHaveLength(302);
  expect(list.getByText('<img src=x>‹U+202E›')).toBeTruthy();
  expect(list.getByText(/x{100}/).textContent!.length).toBeLessThan(1000);
  expect(list.getByText('search 299').closest('.overflow-y-auto')).not.toBeNull();
});

it('saves what runs now under a name, copies a link to it and deletes it', async () => {
  host.answer('searches', 'save', ({ name, page, query }) => {
    searches = { ...searches, saved: [...searches.saved, { name, page, query, at: 4 }] };
    return searches;
  });
  host.answer('searches', 'delete', ({ name }) => {
    searches = { ...searches, saved: searches.saved.filter((search) => search.name !== name) };
    return searches;
  });
  const { user, list, copied } = await openSearches();
  await user.type(list.getByLabelText('Name of the search'), ' mine {Enter}');
  expect(await list.findByText('mine')).toBeTruthy();
  expect(host.inputsOf('searches.save')).toEqual([{ name: 'mine', page: 'logs', query: '{app="now"}' }]);
  await user.click(list.getByRole('button', { name: 'Copy the link to “mine”' }));
  expect(copied()).toContain('/logs?q=%7Bapp%3D%22now%22%7D');
  await user.click(list.getByRole('button', { name: 'Delete “mine”' }));
  await waitFor(() => expect(list.queryByText('mine')).toBeNull());
});

it('says of a saved search that is no longer taken why, and lets it be edited', async () => {
  host.answer('logs', 'query', ({ query }) => {
    if (query === slow.query) refuse('QUERY', { message: 'no such stage', position: 3 })();
    return { records: [] };
  });
  const { user, list } = await openSearches();
  expect(await list.findByText('No longer taken: no such stage')).toBeTruthy();
  await user.click(list.getByRole('button', { name: 'Edit “slow”' }));
  const input = screen.getByLabelText('LogQL') as HTMLInputElement;
  await waitFor(() => expect(input.value).toBe(slow.query));
  expect(host.inputsOf('searches.remember')).toEqual([]);
});

it('waits with a word, teaches where none is kept, and says why they cannot be told', async () => {
  host.answer('searches', 'list', () => new Promise(() => {}));
  const { user } = await openPanel('/logs');
  await user.click(await screen.findByRole('button', { name: 'Searches' }));
  expect(await within(await screen.findByRole('dialog')).findByText('Loading')).toBeTruthy();
  cleanup();
  searches = { saved: [], past: [] };
  host.answer('searches', 'list', () => searches);
  expect((await openSearches()).list.getByText(/^None yet: run a query/)).toBeTruthy();
  cleanup();
  host.answer('searches', 'list', refuse('SEARCH', { kind: 'searches-unreadable', message: 'It cannot be read.' }));
  const third = await openPanel('/logs');
  await third.user.click(await screen.findByRole('button', { name: 'Searches' }));
  expect(await screen.findByText('It cannot be read.')).toBeTruthy();
});

it('says why a search was not kept', async () => {
  const full = { kind: 'searches-full' as const, message: '200 searches are saved, and no more are kept.' };
  host.answer('searches', 'save', refuse('SEARCH', full));
  const { user, list } = await openSearches();
  await user.type(list.getByLabelText('Name of the search'), 'x{Enter}');
  expect(await screen.findByText('200 searches are saved, and no more are kept.')).toBeTruthy();
});
