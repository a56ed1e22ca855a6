// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HostStatus } from '../../../shared/contract/host';
import { feedStack } from '../../test-host/feed-stacks';
import { makeStatus } from '../../test-host/host-data';
import { type OpenedPanel, openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { makeActivity } from '../../test-host/telemetry-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  host.feed('traces', 'tail');
  host.feed('logs', 'tail');
  feedStack();
  host.feed('destinations', 'status');
  host.answer('metrics', 'names', () => []);
});

const openWith = (status: Partial<HostStatus>): Promise<OpenedPanel> => {
  host.feed('host', 'status', makeStatus(status));
  return openPanel('/settings');
};
const search = (address: string) => Object.fromEntries(new URLSearchParams(address.split('?')[1]));

describe('is it running', () => {
  it.each([
    ['ready', 'Embedded engine: running'],
    ['degraded', 'Embedded engine: degraded'],
    ['failed', 'Embedded engine: failed'],
    ['stopped', 'Embedded engine: stopped'],
  ] as const)('says of one that is %s so, and leads to it', async (state, title) => {
    const { user, address } = await openWith({ state });
    await user.click(await screen.findByTitle(title));
    await waitFor(() => expect(address()).toBe('/stack'));
  });

  it('says that it does not know yet while the host has not spoken', async () => {
    host.answer('host', 'status', () => new Promise(() => {}));
    await openPanel('/settings');
    expect(await screen.findByText('Connecting')).toBeTruthy();
    expect(screen.queryByText('No problems')).toBeNull();
  });

  it('keeps the last answers pale while the host is away', async () => {
    await openWith({});
    const answers = (await screen.findByText('No problems')).parentElement!;
    expect(answers.className).not.toContain('opacity');
    host.goAway();
    await screen.findByText('Watchtower does not answer.');
    expect(answers.className).toContain('opacity');
    host.comeBack();
    await waitFor(() => expect(answers.className).not.toContain('opacity'));
  });
});

describe('is data arriving', () => {
  const ingest = (rates: HostStatus['ingest']['rates']) => ({ ...makeStatus().ingest, rates });
  const shape = (cell: HTMLElement) => (cell.querySelector('svg circle') ? 'disc' : 'dash');

  it('tells each signal by its rate, and the whole where there is little room', async () => {
    await openWith({ ingest: ingest({ spans: 1204, logs: 0.5, points: 12_300 }) });
    const cell = await screen.findByTitle('Data arriving');
    for (const rate of ['1,204 spans/s', '0.5 logs/s', '12.3k points/s', '13.5k items/s']) {
      expect(cell.textContent).toContain(rate);
    }
    expect(shape(cell)).toBe('disc');
  });

  it('shows by another shape that nothing arrives', async () => {
    await openWith({});
    expect(shape(await screen.findByTitle('Data arriving'))).toBe('dash');
  });
});

describe('is anything failing', () => {
  it('leads from errors of the apps to the traces that failed', async () => {
    const services = [makeActivity('shop', { spans: 100, errorSpans: 60 }), makeActivity('cart', { spans: 9 })];
    host.answer('services', 'list', () => ({ services, missing: [] }));
    const { user, address } = await openWith({});
    const errors = await screen.findByRole('link', { name: '12 errors/min' });
    expect(errors.title).toBe('In shop, over the last five minutes');
    await user.click(errors);
    await waitFor(() => expect(address()).toMatch(/^\/traces/));
    expect(search(address())).toEqual({ errors: 'true', since: '5m' });
  });

  it('leads to the inbox of errors, in which each is one, and counts none that is muted', async () => {
    host.answer('services', 'list', () => ({ services: [makeActivity('shop', { errorSpans: 60 })], missing: [] }));
    host.answer('errors', 'count', () => ({ groups: 3, occurrences: 60, newGroups: 1 }));
    const { user, address } = await openWith({});
    const link = await screen.findByRole('link', { name: '3 errors, 1 new' });
    expect(link.title).toBe('60 times in the last 15 minutes');
    await user.click(link);
    await waitFor(() => expect(address()).toMatch(/^\/errors/));
  });

  it('says nothing where all errors are muted', async () => {
    host.answer('services', 'list', () => ({ services: [makeActivity('shop', { errorSpans: 60 })], missing: [] }));
    host.answer('errors', 'count', () => ({ groups: 0, occurrences: 0, newGroups: 0 }));
    await openWith({});
    await waitFor(() => expect(host.inputsOf('errors.count')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole('link', { name: /error/ })).toBeNull());
  });

  it('leads to the lines where no span tells of the errors', async () => {
    host.answer('services', 'list', () => ({
      services: [makeActivity('shop', { logs: 4, errorLogs: 2 })],
      missing: [],
    }));
    const { user, address } = await openWith({});
    await user.click(await screen.findByRole('link', { name: '2 errors in 5 min' }));
    await waitFor(() => expect(address()).toMatch(/^\/logs/));
    expect(search(address())).toEqual({ level: 'error+', since: '5m' });
  });

  it('says nothing of the apps while they do well, or cannot be asked', async () => {
    host.answer('services', 'list', refuseAsDown);
    await openWith({});
    await screen.findByText('No problems');
    await waitFor(() => expect(host.inputsOf('services.list')).toHaveLength(2));
    expect(screen.queryByRole('link', { name: /errors/ })).toBeNull();
  });

  it('leads from a problem to the page where it is solved, and shuts', async () => {
    const { user, address } = await openWith({
      problems: [
        {
          id: 'destination-sumo',
          kind: 'destination-key-refused',
          message: 'Sumo refuses the key.',
          hint: 'Replace it.',
        },
      ],
    });
    await user.click(await screen.findByRole('button', { name: '1 problem' }));
    const card = await screen.findByRole('alert');
    await user.click(within(card).getByRole('link', { name: 'Replace the key' }));
    await waitFor(() => expect(address()).toBe('/destinations?edit=sumo'));
    await waitFor(() => expect(screen.queryByText('Sumo refuses the key.')).toBeNull());
  });

  it('leads nowhere else where no page solves it, and explains it', async () => {
    const { user } = await openWith({ problems: [{ id: 'disk', kind: 'disk-full', message: 'The disk is full.' }] });
    await user.click(await screen.findByRole('button', { name: '1 problem' }));
    const card = await screen.findByRole('alert');
    expect(within(card).queryByRole('link')).toBeNull();
    expect(within(card).getAllByRole('button')).toEqual([
      within(card).getByRole('button', { name: 'About this kind of problem' }),
      within(card).getByRole('button', { name: 'Copy the problem' }),
    ]);
  });
});

describe('does it leave this machine', () => {
  it.each([
    [{ enabled: false, destinations: 0, state: 'off' }, 'Stays on this machine'],
    [{ enabled: true, destinations: 2, state: 'waiting' }, 'Cloud: 2 on, waiting'],
    [{ enabled: true, destinations: 1, state: 'sending' }, 'Cloud: sending to 1'],
    [{ enabled: true, destinations: 3, state: 'failing' }, 'Cloud: failing, 3 on'],
  ] as const)('says with %o: %s', async (cloud, text) => {
    const { user, address } = await openWith({ cloud });
    await user.click(await screen.findByRole('link', { name: text }));
    await waitFor(() => expect(address()).toBe('/destinations'));
  });
});

it('opens the palette with its button, for those who do not know the keys', async () => {
  const { user } = await openWith({});
  await screen.findByText('No problems');
  await user.click(screen.getByRole('button', { name: /^Command palette/ }));
  expect(await screen.findByRole('dialog', { name: 'Command palette' })).toBeTruthy();
});

it('names the tab of the browser after the page and what is looked at', async () => {
  const { user } = await openWith({});
  await waitFor(() => expect(document.title).toBe('Settings · Watchtower'));
  await user.click(screen.getByRole('link', { name: 'Metrics' }));
  await waitFor(() => expect(document.title).toBe('Metrics · Watchtower'));
});
