// @vitest-environment happy-dom
// First, whatever sorts the rest: the host stands before the panel's client connects.
import '../test-host/test-page';

import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connection } from '../client/contract-client';
import { host } from '../test-host/test-page';
import { lazyPart } from '../ui/layout/lazy-part';
import { PageError } from './page-error';

configure({ asyncUtilTimeout: 20_000 });
const url = `${window.location.origin}/assets/late-page.js`;
const reload = vi.fn();
/** Errors that are still to be thrown, and how often the page was asked for. */
let failures: number;
let asked: number;

beforeEach(async () => {
  [failures, asked] = [0, 0];
  sessionStorage.clear();
  vi.spyOn(window.location, 'reload').mockImplementation(reload);
  // The file is there: what fails is what the browser keeps.
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (asks) => {
    if (asks !== url) throw new TypeError('fetch failed');
    return new Response('');
  });
  await vi.waitUntil(() => connection.state === 'open', { timeout: 20_000 });
});
afterEach(() => {
  cleanup();
  reload.mockReset();
  vi.restoreAllMocks();
});

function LatePage() {
  return <h1>Late page</h1>;
}

function open() {
  const Late = lazyPart(async () => {
    asked += 1;
    if (asked <= failures) throw new TypeError(`Failed to fetch dynamically imported module: ${url}`);
    return { LatePage };
  }, 'LatePage');
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/', component: Late });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
    defaultErrorComponent: PageError,
  });
  render(<RouterProvider router={router as never} />);
}

it('shows a page whose load failed once, as if nothing had been', async () => {
  failures = 1;
  open();
  expect(await screen.findByRole('heading', { name: 'Late page' })).toBeTruthy();
  expect(reload).not.toHaveBeenCalled();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('reloads itself where the browser keeps the failure, and the next time says what to do', async () => {
  failures = Number.POSITIVE_INFINITY;
  open();
  await waitFor(() => expect(reload).toHaveBeenCalledOnce());
  expect(screen.queryByRole('alert')).toBeNull();
  cleanup();
  open();
  expect(await screen.findByText('This page could not be loaded.')).toBeTruthy();
  expect(screen.getByText(/Reload the page: what the address says is kept/)).toBeTruthy();
  expect(reload).toHaveBeenCalledOnce();
  screen.getByRole('button', { name: 'Reload' }).click();
  expect(reload).toHaveBeenCalledTimes(2);
});

it('says that Watchtower is away, and loads by itself once it is back', async () => {
  failures = 2;
  host.goAway();
  await vi.waitUntil(() => connection.state === 'lost', { timeout: 20_000 });
  open();
  expect(
    await screen.findByText(/Watchtower does not answer\. As soon as it does, this is loaded by itself\./),
  ).toBeTruthy();
  expect(reload).not.toHaveBeenCalled();
  host.comeBack();
  expect(await screen.findByRole('heading', { name: 'Late page' })).toBeTruthy();
});
