// First, whatever sorts the rest: the host stands before the panel's client connects.
import './test-page';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, configure, render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, vi } from 'vitest';
import { connection } from '../client/contract-client';
import { HostStatusProvider } from '../client/host-status-provider';
import { PacedQueries } from '../client/loading/paced-queries';
import { Toasts } from '../ui/overlays/toast';
import { TooltipProvider } from '../ui/overlays/tooltip';
import { giveCanvas } from './give-canvas';
import { giveLayout } from './give-layout';
import { makeDestinations, makeSettings, makeStatus } from './host-data';
import { host } from './test-page';

// Patience for a busy machine; what is there is found at once.
const patienceMs = 30_000;
configure({ asyncUtilTimeout: patienceMs });

export interface OpenedPanel {
  user: UserEvent;
  /** Path and search of the address. */
  address(): string;
  /** What was written to the clipboard last. */
  copied(): string | undefined;
}

/** The whole panel at an address, as the browser shows it, against the scripted host. */
export async function openPanel(address: string): Promise<OpenedPanel> {
  const { routeTree } = await import('../app/router');
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = createRouter({ routeTree, history });
  const queries = new PacedQueries({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  const user = userEvent.setup();
  const writing = vi.spyOn(navigator.clipboard, 'writeText');
  render(
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <TooltipProvider delay={0}>
          <HostStatusProvider>
            <RouterProvider router={router} />
          </HostStatusProvider>
          <Toasts />
        </TooltipProvider>
      </QueryClientProvider>
    </CSPProvider>,
  );
  return {
    user,
    address: () => history.location.href,
    copied: () => writing.mock.lastCall?.[0],
  };
}

/** For each test of a file: a host that is up, with its settings and status, and nothing left of the test before. */
export function withScriptedHost(): void {
  vi.setConfig({ testTimeout: 2 * patienceMs });
  beforeEach(() => {
    giveLayout();
    giveCanvas();
    host.answer('host', 'settings', () => makeSettings());
    host.feed('host', 'status', makeStatus());
    host.answer('destinations', 'snapshot', () => makeDestinations([]));
  });
  afterEach(async () => {
    cleanup();
    // What the page ends by leaving is still said over the open connection.
    await new Promise((resolve) => setTimeout(resolve));
    host.reset();
    // A connection that is tried later would be tried by the next test, or by none.
    connection.retryNow();
    await vi.waitUntil(() => connection.state === 'open', { timeout: patienceMs });
    localStorage.clear();
    vi.restoreAllMocks();
  });
}
