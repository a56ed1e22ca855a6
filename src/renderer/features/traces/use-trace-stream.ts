import { useEffect, useMemo, useReducer, useRef } from 'react';
import type { TraceSummary } from '../../../shared/contract/telemetry';
import { client } from '../../client/contract-client';
import { FrameBatch } from '../../client/frame-batch';
import { type FeedState, useLiveFeed } from '../../client/use-live-feed';
import { emptyStream, mergeTraces, releaseWaiting, streamCapacity, type TraceStream } from './merge-traces';

type Action = { type: 'batch'; traces: TraceSummary[] } | { type: 'hold'; hold: boolean } | { type: 'clear' };

interface State extends TraceStream {
  hold: boolean;
}

const initial: State = { ...emptyStream, hold: false };

function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'batch':
      return { ...mergeTraces(state, action.traces, state.hold), hold: state.hold };
    case 'hold':
      if (action.hold === state.hold) return state;
      return { ...(action.hold ? state : releaseWaiting(state)), hold: action.hold };
    case 'clear':
      return initial;
  }
}

export interface LiveTraces {
  traces: readonly TraceSummary[];
  /** How many arrived while the list was held still. */
  waiting: number;
  feed: FeedState;
  /** While held, new traces wait instead of pushing the list down. */
  hold: (hold: boolean) => void;
}

const backfillMs = 15 * 60_000;
const backfillLimit = 100;

/** The live tail of traces that match `query`, with the last ones before it. */
export function useTraceStream(query: string, enabled: boolean): LiveTraces {
  const [state, dispatch] = useReducer(reduce, initial);
  const batch = useMemo(
    () => new FrameBatch<TraceSummary>((traces) => dispatch({ type: 'batch', traces }), streamCapacity),
    [],
  );
  const push = useRef(batch.push.bind(batch)).current;

  const asked = useRef(query);
  asked.current = query;
  const backfill = async () => {
    const to = Date.now();
    const found = await client.traces
      .search({ query, window: { from: to - backfillMs, to }, limit: backfillLimit })
      .catch(() => null);
    // Of a query that was changed meanwhile, nothing is shown.
    if (found && asked.current === query) push(found.traces);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query starts a new list
  useEffect(() => {
    if (!enabled) return;
    dispatch({ type: 'clear' });
    return () => batch.stop();
  }, [query, enabled]);
  const feed = useLiveFeed(`traces.tail ${query}`, {
    open: (signal) => client.traces.tail({ query }, { signal }),
    onValue: ({ traces, opened }) => {
      if (opened) void backfill();
      push(traces);
    },
    enabled,
  });
  const hold = useRef((hold: boolean) => dispatch({ type: 'hold', hold })).current;
  return { traces: state.shown, waiting: state.waiting.length, feed, hold };
}
