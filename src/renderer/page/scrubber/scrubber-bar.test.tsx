// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { formatDateTime } from '../../client/format-time';
import { makeStatus } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

const hour = 3_600_000;
/** The extent ends with the present: 20 hours, of which a page without layout shows a minute a pixel. */
const end = Math.floor(Date.now() / 60_000) * 60_000;
const window = { from: end - 2 * hour, to: end - hour };
const address = `/metrics?from=${window.from}&to=${window.to}`;

beforeEach(() => {
  host.answer('metrics', 'names', () => []);
  const status = makeStatus();
  host.feed('host', 'status', { ...status, storage: { ...status.storage, oldestAt: end - 20 * hour } });
  host.answer('volume', 'overTime', ({ window: { from, to }, step }) => {
    const counts = new Array<number>(Math.ceil((to - from) / 1000 / step)).fill(0);
    // Of all that may be kept nothing is older than what arrived first.
    counts[step > 500 ? counts.length - 1 : 3] = 40;
    return { from, counts, failed: counts.map((count) => count / 10) };
  });
});

/** The page with the bar, whose brush has the focus. */
async function open(at = address) {
  const panel = await openPanel(at);
  const slider = await screen.findByRole('slider', { name: 'Time window' });
  const searched = () => {
    const { from, to, since } = Object.fromEntries(new URLSearchParams(panel.address().split('?')[1]));
    return since === undefined && from !== undefined ? { from: Number(from), to: Number(to) } : { since };
  };
  slider.focus();
  return { ...panel, slider, searched, track: screen.getByTestId('time-scrubber') };
}

describe('the bar of time', () => {
  it('says what is kept over all the time, for who does not see the columns', async () => {
    await open();
    expect(
      await screen.findByText(/^40 spans from \d{4}-.* to \d{4}-.*, 4 of them failed, most at \d{4}-/),
    ).toBeTruthy();
    expect(host.inputsOf('volume.overTime')).toMatchObject([{ signal: 'spans' }, { signal: 'spans' }]);
  });

  it('counts lines on the page of lines', async () => {
    host.feed('logs', 'tail');
    await open(`/logs?from=${window.from}&to=${window.to}`);
    await screen.findByText(/^40 lines .* 4 of them errors/);
  });

  it('says that nothing is kept, or not how much, and can be used all the same', async () => {
    host.answer('volume', 'overTime', ({ window: { from } }) => ({ from, counts: [0, 0], failed: [0, 0] }));
    const { user, searched } = await open();
    expect(await screen.findByText('No spans are kept.')).toBeTruthy();
    await user.keyboard('{ArrowLeft}{Enter}');
    await waitFor(() => expect(searched()).toEqual({ from: window.from - hour / 4, to: window.to - hour / 4 }));
    cleanup();
    host.answer('volume', 'overTime', refuseAsDown);
    await open();
    expect(await screen.findByText('How much there is, is not told.')).toBeTruthy();
  });
});

describe('by keys', () => {
  it('arrows move it and Enter sets it; until then it is a draft, which Escape drops', async () => {
    const { user, slider, searched } = await open();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    const told = () => slider.getAttribute('aria-valuetext');
    expect(told()).toContain(`to ${formatDateTime(window.to + hour / 2)}, Enter sets it`);
    expect(searched()).toEqual(window);
    await user.keyboard('{Escape}{Enter}');
    expect(told()).toBe(`${formatDateTime(window.from)} to ${formatDateTime(window.to)}`);
    await user.keyboard('{ArrowLeft}{Enter}');
    await waitFor(() => expect(searched()).toEqual({ from: window.from - hour / 4, to: window.to - hour / 4 }));
  });

  it('with Shift they move its begin and its end', async () => {
    const { user, searched } = await open();
    await user.keyboard('{Shift>}{ArrowLeft}{ArrowDown}{/Shift}{Enter}');
    await waitFor(() =>
      expect(searched()).toEqual({ from: window.from - hour / 4, to: window.to - (1.25 * hour) / 4 }),
    );
  });

  it('Home leads to the oldest that is kept, and End to what comes', async () => {
    const { user, searched } = await open();
    await user.keyboard('{Home}{Enter}');
    await waitFor(() => expect(searched()).toMatchObject({ to: (searched() as { from: number }).from + hour }));
    expect((searched() as { from: number }).from).toBeLessThan(window.from);
    await user.keyboard('{End}{Enter}');
    await waitFor(() => expect(searched()).toEqual({ since: '1h' }));
  });

  it('b leads to it from anywhere on the page, and ? tells so', async () => {
    const { user, slider } = await open();
    slider.blur();
    await user.keyboard('b');
    expect(document.activeElement).toBe(slider);
    slider.blur();
    await user.keyboard('?');
    const keys = await screen.findByRole('dialog');
    expect(within(keys).getByText('To the bar of time, where arrows move the window')).toBeTruthy();
  });
});

describe('by pointer', () => {
  const drag = (on: Element, from: number, to: number) => {
    fireEvent.pointerDown(on, { clientX: from, button: 0, pointerId: 1 });
    fireEvent.pointerMove(on, { clientX: to, pointerId: 1 });
    fireEvent.pointerUp(on, { clientX: to, pointerId: 1 });
  };

  it('is drawn anew beside it, moved, and resized at either handle', async () => {
    const { track, slider, searched } = await open();
    const length = () => {
      const { from, to } = searched() as { from: number; to: number };
      return to - from;
    };
    drag(slider, 600, 500);
    await waitFor(() => expect(searched()).not.toEqual(window));
    expect(length()).toBe(hour);
    drag(slider.querySelector('[data-grip="from"]')!, 400, 300);
    await waitFor(() => expect(length()).toBeGreaterThan(2 * hour));
    const long = length();
    drag(slider.querySelector('[data-grip="to"]')!, 300, 280);
    await waitFor(() => expect(length()).toBeLessThan(long));
    drag(track, 100, 200);
    await waitFor(() => expect((searched() as { to: number }).to).toBeLessThan(window.from));
  });

  it('shows all with a double click, and with another what comes', async () => {
    const { slider, searched } = await open();
    fireEvent.doubleClick(slider);
    await waitFor(() => expect(searched().since).toMatch(/^\d+[dhm]$/));
    fireEvent.doubleClick(slider);
    await waitFor(() => expect(searched()).toEqual({ since: undefined }));
  });
});
