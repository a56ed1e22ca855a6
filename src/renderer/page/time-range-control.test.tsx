// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isDisabled } from '../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../test-host/open-panel';
import { host } from '../test-host/test-page';

withScriptedHost();

const hour = 3_600_000;
const from = new Date(2026, 7, 14, 9, 30).getTime();
const absolute = `/metrics?from=${from}&to=${from + hour}`;

beforeEach(() => {
  host.answer('metrics', 'names', () => []);
});

const open = async (address: string) => {
  const panel = await openPanel(address);
  const window = await screen.findByRole('button', { name: /^Time window:/ });
  const search = () => Object.fromEntries(new URLSearchParams(panel.address().split('?')[1]));
  const later = screen.getByRole('button', { name: 'Later by half a window' });
  const earlier = screen.getByRole('button', { name: 'Earlier by half a window' });
  return { ...panel, window, search, later, earlier };
};

/** Opens the list of windows, and writes into the two fields of one's own. */
async function write({ user, window }: Awaited<ReturnType<typeof open>>, begin: string, end: string) {
  await user.click(window);
  for (const [label, text] of [
    ['From', begin],
    ['To', end],
  ] as const) {
    const input = await screen.findByLabelText(label);
    await user.clear(input);
    await user.type(input, text);
  }
  return screen.getByRole('button', { name: 'Show' });
}

describe('a window up to now', () => {
  it('is chosen from the list, which shuts, and stands in the address', async () => {
    const { user, window, search } = await open('/metrics?q=up');
    expect(window.textContent).toBe('Time window: Last 15m');
    await user.click(window);
    await user.click(await screen.findByRole('button', { name: '6h' }));
    await waitFor(() => expect(search()).toEqual({ q: 'up', since: '6h' }));
    expect(window.textContent).toBe('Time window: Last 6h');
    await waitFor(() => expect(screen.queryByRole('button', { name: '6h' })).toBeNull());
  });

  it('leaves the address short where it is the usual one', async () => {
    const { user, window, search } = await open('/metrics?since=6h');
    await user.click(window);
    await user.click(await screen.findByRole('button', { name: '15m' }));
    await waitFor(() => expect(search()).toEqual({}));
  });

  it('cannot go further, and becomes two times when it goes back', async () => {
    const { user, search, later, earlier } = await open('/metrics?since=1h');
    expect(isDisabled(later)).toBe(true);
    const before = Date.now();
    await user.click(earlier);
    await waitFor(() => expect(Number(search().to) - Number(search().from)).toBe(hour));
    expect(Math.abs(before - hour / 2 - Number(search().to))).toBeLessThan(60_000);
    expect(search().since).toBeUndefined();
    expect(isDisabled(later)).toBe(false);
  });
});

describe('a window of two times', () => {
  it('is shown with its day once', async () => {
    const { window } = await open(absolute);
    expect(window.textContent).toBe('Time window: 2026-08-14 09:30:00 – 10:30:00');
  });

  it('names both days where it goes over midnight', async () => {
    const { window } = await open(`/metrics?from=${from}&to=${from + 24 * hour}`);
    expect(window.textContent).toBe('Time window: 2026-08-14 09:30:00 – 2026-08-15 09:30:00');
  });

  it('goes half of itself later and earlier', async () => {
    const { user, search, later, earlier } = await open(absolute);
    await user.click(later);
    await waitFor(() => expect(search()).toEqual({ from: `${from + hour / 2}`, to: `${from + 1.5 * hour}` }));
    await user.click(earlier);
    await waitFor(() => expect(search()).toEqual({ from: `${from}`, to: `${from + hour}` }));
  });

  it('is left for one up to now, and widened', async () => {
    const { user, search } = await open(absolute);
    await user.click(screen.getByRole('button', { name: 'Zoom out: twice the window' }));
    await waitFor(() => expect(Number(search().to) - Number(search().from)).toBe(2 * hour));
    await user.click(screen.getByRole('button', { name: 'Back to now' }));
    await waitFor(() => expect(search()).toEqual({}));
    expect(screen.queryByRole('button', { name: 'Back to now' })).toBeNull();
  });

  it('is written in local time, and takes the place of the one before', async () => {
    const panel = await open('/metrics?since=1h');
    await panel.user.click(await write(panel, '2026-08-14 09:30:00', '2026-08-14 10:30:00'));
    await waitFor(() => expect(panel.search()).toEqual({ from: `${from}`, to: `${from + hour}` }));
    await waitFor(() => expect(screen.queryByLabelText('From')).toBeNull());
  });

  it('takes a day alone for its local midnight', async () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    try {
      const panel = await open('/metrics');
      await panel.user.click(await write(panel, '2026-08-14', '2026-08-15 12:00'));
      await waitFor(() => expect(panel.search().from).toBe(`${Date.UTC(2026, 7, 13, 15)}`));
      expect(panel.search().to).toBe(`${Date.UTC(2026, 7, 15, 3)}`);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it.each([
    ['2026-08-14 10:30', '2026-08-14 09:30', ['To']],
    ['yesterday', '2026-08-14 09:30', ['From', 'To']],
    ['5', '2026-08-14 09:30', ['From', 'To']],
    ['2026-08-14 09:30', '2026-02-31', ['To']],
    ['2026-08-14 09:30', '2026-08-14 25:00', ['To']],
  ])('is not taken from %s to %s, and says which is wrong', async (begin, end, wrong) => {
    const panel = await open('/metrics?since=1h');
    const show = await write(panel, begin, end);
    expect(isDisabled(show)).toBe(true);
    await panel.user.type(screen.getByLabelText('To'), '{Enter}');
    const marked = ['From', 'To'].filter((label) => screen.getByLabelText(label).getAttribute('aria-invalid'));
    expect(marked).toEqual(wrong);
    expect(panel.search()).toEqual({ since: '1h' });
  });

  it('forgets what was half written when it is shut', async () => {
    const panel = await open(absolute);
    await write(panel, 'half', 'written');
    await panel.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByLabelText('From')).toBeNull());
    await panel.user.click(panel.window);
    expect(((await screen.findByLabelText('From')) as HTMLInputElement).value).toBe('2026-08-14 09:30:00');
  });
});
