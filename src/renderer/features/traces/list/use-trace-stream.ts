import { useEffect, useMemo, useReducer, useRef } from 'react';
import type { TimeWindow, TraceSummary } from '../../../../shared/contract/telemetry';
import { client } from '../../../client/contract-client';
import { FrameBatch } from '../../../client/frame-batch';
import { afterFirst, askFirst } from '../../../client/loading/first-answer';
import { useBackendFeed } from '../../../client/use-backend-feed';
import { type FeedState, useLiveFeed } from '../../../client/use-live-feed';
import { emptyStream, mergeTraces, releaseWaiting, streamCapacity, type TraceStream } from './merge-traces';
import { searchWithColumns } from './search-with-columns';

type Action =
  | { type: 'batch'; traces: TraceSummary[] }
  | { type: 'missed'; traces: number }
  | { type: 'hold'; hold: boolean }
  | { type: 'release' }
  | { type: 'searching'; searching: boolean }
  | { type: 'clear' };

interface State extends TraceStream {
  hold: boolean;
  missed: number;
  searching: boolean;
  answered: boolean;
}

const initial: State = { ...emptyStream, hold: false, missed: 0, searching: false, answered: false };

function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'batch':
      return { ...state, ...mergeTraces(state, action.traces, state.hold) };
    case 'missed':
      return { ...state, missed: state.missed + action.traces };
    case 'hold':
      if (action.hold === state.hold) return state;
      return { ...state, ...(action.hold ? {} : releaseWaiting(state)), hold: action.hold };
    case 'release':
      return { ...state, ...releaseWaiting(state) };
    case 'searching':
      return { ...state, searching: action.searching, answered: state.answered || !action.searching };
    case 'clear':
      return { ...initial, hold: state.hold };
  }
}

interface TraceStreamOptions {
  query: string;
  /** The same with the attributes that are columns: what came before is asked for with them, a tail tells none. */
  selecting: string;
  /** Changes when the window of the URL does. */
  windowKey: string;
  resolveWindow: () => TimeWindow;
  /** Traces of the window that are shown at first. */
  limit: number;
  enabled: boolean;
}

export interface LiveTraces {
  traces: readonly TraceSummary[];
  /** How many arrived while the list was held still. */
  waiting: number;
  /** How many the tail left out: they are kept, and a search finds them. */
  missed: number;
  /** Those of before the tail began are being looked for. */
  searching: boolean;
  /** They were looked for once. */
  answered: boolean;
  feed: FeedState;
  held: boolean;
  /** While held, new traces wait instead of pushing the list down. */
  hold: (hold: boolean) => void;
  /** Shows those that wait, once. */
  release: () => void;
}

/** So many fill a screen, and come at once. */
const firstTraces = 50;
/** A tail that is not open by then, as of a backend that has none, is not waited for. */
const openMs = 100;

/** The newest traces of the window that match `query`, then every one as it comes. */
export function useTraceStream({
  query,
  selecting,
  windowKey,
  resolveWindow,
  limit,
  enabled,
}: TraceStreamOptions): LiveTraces {
  const [state, dispatch] = useReducer(reduce, initial);
  const batch = useMemo(
    () => new FrameBatch<TraceSummary>((traces) => dispatch({ type: 'batch', traces }), streamCapacity),
    [],
  );
  const push = useRef(batch.push.bind(batch)).current;

  const key = `${windowKey} ${query}`;
  const asked = useRef(key);
  const unopened = useRef<ReturnType<typeof setTimeout>>(undefined);
  asked.current = key;
  const backfill = async () => {
    dispatch({ type: 'searching', searching: true });
    const search = (most: number) => searchWithColumns(query, selecting, resolveWindow(), most).catch(() => null);
    const first = Math.min(firstTraces, limit);
    const found = await askFirst(() => search(first));
    // Of a query that was changed meanwhile, nothing is shown.
    if (asked.current !== key) return;
    if (found) push(found.traces);
    dispatch({ type: 'searching', searching: false });
    if (first === limit || found?.traces.length !== first) return;
    await afterFirst();
    const all = asked.current === key ? await search(limit) : null;
    if (all && asked.current === key) push(all.traces);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query starts a new list
  useEffect(() => {
    if (!enabled) return;
    dispatch({ type: 'clear' });
    dispatch({ type: 'searching', searching: true });
    // Once for the list, when the tail is open, so that nothing comes between; where that takes longer, before it as well.
    unopened.current = setTimeout(() => void backfill(), openMs);
    return () => {
      clearTimeout(unopened.current);
      batch.stop();
    };
  }, [key, enabled]);
  const tail = useLiveFeed(`traces.tail ${key}`, {
    open: (signal, lastEventId) => client.traces.tail({ query }, { signal, lastEventId }),
    onValue: ({ traces, dropped, opened }) => {
      if (opened) {
        clearTimeout(unopened.current);
        void backfill();
      }
      if (dropped > 0) dispatch({ type: 'missed', traces: dropped });
      push(traces);
    },
    enabled,
  });
  const feed = useBackendFeed(tail, 'tempo');
  const hold = useRef((hold: boolean) => dispatch({ type: 'hold', hold })).current;
  const release = useRef(() => dispatch({ type: 'release' })).current;
  const { hold: held, missed, searching, answered } = state;
  return { traces: state.shown, waiting: state.waiting.length, missed, searching, answered, feed, held, hold, release };
}
