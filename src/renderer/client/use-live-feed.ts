import { getEventMeta } from '@orpc/client';
import { useEffect, useRef, useState } from 'react';
import { connection } from './contract-client';
import { describeError, isTransient, type QueryProblem } from './describe-error';

export type FeedState =
  | { kind: 'off' }
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** Lost; opens again by itself. */
  | { kind: 'reconnecting' }
  /** The backend that it tells of does not run: it goes on once that does. */
  | { kind: 'resting' }
  /** Opening again would not help. */
  | { kind: 'refused'; problem: QueryProblem };

interface LiveFeedOptions<Value> {
  /** Opens the feed, such as `(signal) => client.host.status(undefined, { signal })`. */
  open: (signal: AbortSignal, lastEventId: string | undefined) => Promise<AsyncIterable<Value>>;
  onValue: (value: Value) => void;
  enabled?: boolean;
}

const retryMs = 1000;

/** Keeps one feed open while the component is mounted; opens it anew when `key` changes or after a loss. */
export function useLiveFeed<Value>(key: string, options: LiveFeedOptions<Value>): FeedState {
  const [state, setState] = useState<FeedState>({ kind: 'connecting' });
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const enabled = options.enabled ?? true;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what `open` closes over
  useEffect(() => {
    if (!enabled) {
      setState({ kind: 'off' });
      return;
    }
    const abort = new AbortController();
    void follow(abort.signal, () => latest.current, setState);
    return () => abort.abort();
  }, [key, enabled]);

  return state;
}

async function follow<Value>(
  signal: AbortSignal,
  latest: () => LiveFeedOptions<Value>,
  setState: (state: FeedState) => void,
) {
  let wasLive = false;
  let lastEventId: string | undefined;
  while (!signal.aborted) {
    setState({ kind: wasLive ? 'reconnecting' : 'connecting' });
    try {
      const values = await latest().open(signal, lastEventId);
      if (signal.aborted) return;
      setState({ kind: 'live' });
      wasLive = true;
      for await (const value of values) {
        if (signal.aborted) return;
        lastEventId = getEventMeta(value)?.id ?? lastEventId;
        latest().onValue(value);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error)) {
        setState({ kind: 'refused', problem: describeError(error) });
        return;
      }
    }
    setState({ kind: 'reconnecting' });
    await pause(signal);
  }
}

/** Ends early when the connection comes back. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, retryMs);
    const stop = connection.subscribe(() => connection.state === 'open' && done());
    signal.addEventListener('abort', done);
  });
}
