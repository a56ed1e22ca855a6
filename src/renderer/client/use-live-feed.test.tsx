// @vitest-environment happy-dom
// First: the host stands before the panel's client connects.

import { ORPCError } from '@orpc/client';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeStatus } from '../test-host/host-data';
import { withScriptedHost } from '../test-host/open-panel';
import { host } from '../test-host/test-page';
import { client } from './contract-client';
import { useLiveFeed } from './use-live-feed';

withScriptedHost();

function Feed({ query = '', enabled = true, seen }: { query?: string; enabled?: boolean; seen: string[] }) {
  const state = useLiveFeed(`test ${query}`, {
    enabled,
    open: (signal) => client.traces.tail({ query }, { signal }),
    onValue: ({ traces }) => seen.push(...traces.map(({ rootName }) => rootName)),
  });
  return <p role="status">{state.kind === 'refused' ? `refused: ${state.problem.message}` : state.kind}</p>;
}

function Status({ onPid }: { onPid: (pid: number) => void }) {
  useLiveFeed('status', {
    open: (signal) => client.host.status(undefined, { signal }),
    onValue: ({ pid }) => onPid(pid),
  });
  return null;
}

const batch = (rootName: string) => ({
  dropped: 0,
  traces: [
    {
      traceId: 'a',
      rootService: 'shop',
      rootName,
      startNs: '1',
      durationNs: 1,
      spanCount: 1,
      errorCount: 0,
      services: [],
    },
  ],
});
const says = (word: string) => waitFor(() => expect(screen.getByRole('status').textContent).toBe(word));

describe('a feed', () => {
  it('connects, is live, and hands on what comes', async () => {
    const seen: string[] = [];
    const feed = host.feed('traces', 'tail');
    render(<Feed seen={seen} />);
    expect(screen.getByRole('status').textContent).toBe('connecting');
    await says('live');
    await waitFor(() => expect(feed.listening).toBe(1));
    feed.push(batch('one'));
    await waitFor(() => expect(seen).toEqual(['one']));
  });

  it('is opened again after it ended, without a word to its user', async () => {
    const seen: string[] = [];
    const feed = host.feed('traces', 'tail');
    render(<Feed seen={seen} />);
    await waitFor(() => expect(feed.listening).toBe(1));
    feed.end();
    await says('reconnecting');
    await waitFor(() => expect(feed.opened).toHaveLength(2));
    await waitFor(() => expect(feed.listening).toBe(1));
    feed.push(batch('after'));
    await waitFor(() => expect(seen).toEqual(['after']));
    await says('live');
  });

  it('is not opened again where that cannot help, and says why', async () => {
    const feed = host.feed('traces', 'tail');
    render(<Feed seen={[]} />);
    await waitFor(() => expect(feed.listening).toBe(1));
    feed.fail(new ORPCError('QUERY', { status: 400, defined: true, data: { message: 'unexpected token' } }));
    await says('refused: unexpected token');
    expect(feed.opened).toHaveLength(1);
  });

  it('is opened again where the backend is only away', async () => {
    const feed = host.feed('traces', 'tail');
    render(<Feed seen={[]} />);
    await waitFor(() => expect(feed.listening).toBe(1));
    feed.fail(new ORPCError('UNAVAILABLE', { status: 503, defined: true, data: { message: 'away' } }));
    await waitFor(() => expect(feed.opened).toHaveLength(2));
    await says('live');
  });

  it('follows its query: the old one ends', async () => {
    const feed = host.feed('traces', 'tail');
    const { rerender } = render(<Feed query="{ a }" seen={[]} />);
    await waitFor(() => expect(feed.listening).toBe(1));
    rerender(<Feed query="{ b }" seen={[]} />);
    await waitFor(() => expect(feed.opened).toEqual([{ query: '{ a }' }, { query: '{ b }' }]));
    await waitFor(() => expect(feed.listening).toBe(1));
  });

  it('rests while it is not wanted, and ends with the page', async () => {
    const feed = host.feed('traces', 'tail');
    const { rerender } = render(<Feed enabled={false} seen={[]} />);
    await says('off');
    expect(feed.opened).toEqual([]);
    rerender(<Feed seen={[]} />);
    await waitFor(() => expect(feed.listening).toBe(1));
    cleanup();
    await waitFor(() => expect(feed.listening).toBe(0));
  });

  it('tells a state again to who comes back, and a tail nothing old', async () => {
    const status = host.feed('host', 'status', makeStatus({ pid: 1 }));
    const pids: number[] = [];
    render(<Status onPid={(pid) => pids.push(pid)} />);
    await waitFor(() => expect(pids).toEqual([1]));
    status.push(makeStatus({ pid: 2 }));
    await waitFor(() => expect(pids).toEqual([1, 2]));
    status.end();
    await waitFor(() => expect(pids).toEqual([1, 2, 2]));
  });
});
