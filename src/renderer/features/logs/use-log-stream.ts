import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LogRecord, TimeWindow } from '../../../shared/contract/telemetry';
import { client } from '../../client/contract-client';
import { describeError, isTransient, type QueryProblem } from '../../client/describe-error';
import { nanosToMillis } from '../../client/format-time';
import { FrameBatch } from '../../client/frame-batch';
import { afterFirst, askFirst } from '../../client/loading/first-answer';
import { type FeedState, useLiveFeed } from '../../client/use-live-feed';
import { LogBuffer, type LogView } from '../../ui/log-list/log-buffer';
import { ReorderBuffer } from './reorder-buffer';

/** Lines that are asked for at a time. */
export const logPageSize = 1000;
/** The first of them fill a screen of any height twice, and come at once. */
const firstPageSize = 200;
const batchCapacity = 10_000;
/** Between two tries of a page that the backend could not answer. */
const retryMs = 1000;
/** How often lines that waited for others to come before them are shown. */
const takeMs = 200;

interface LogStreamOptions {
  query: string;
  live: boolean;
  /** Changes when the window of the URL does. */
  windowKey: string;
  resolveWindow: () => TimeWindow;
}

export interface LogStream {
  view: LogView;
  feed: FeedState;
  loading: boolean;
  problem: QueryProblem | null;
  /** Whether older lines may lie in the window. */
  hasOlder: boolean;
  loadOlder: () => Promise<void>;
  hold: () => void;
  release: () => void;
}

/** The newest lines of the window, then, when live, every line as it comes. */
export function useLogStream({ query, live, windowKey, resolveWindow }: LogStreamOptions): LogStream {
  const [buffer] = useState(() => new LogBuffer());
  const view = useSyncExternalStore(buffer.subscribe, () => buffer.view);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<QueryProblem | null>(null);
  const [hasOlder, setHasOlder] = useState(false);
  const batch = useRef<FrameBatch<LogRecord> | null>(null);
  const [reorder] = useState(() => new ReorderBuffer());
  /** Live lines wait until the first page is there, so that they stand behind it. */
  const early = useRef<LogRecord[] | null>([]);
  /** The first page, until the tail has gone past it: what it tells at first may stand there already. */
  const border = useRef<readonly LogRecord[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: windowKey stands for what resolveWindow gives
  useEffect(() => {
    const abort = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = async (window: TimeWindow, limit: number) => {
      const page = { query, window, limit, direction: 'backward' } as const;
      const { records } = await client.logs.query(page, { signal: abort.signal });
      return records.toReversed();
    };
    const load = async () => {
      early.current = [];
      const window = resolveWindow();
      let first: LogRecord[] = [];
      try {
        first = await askFirst(() => ask(window, firstPageSize));
        if (abort.signal.aborted) return;
        buffer.reset(first);
        buffer.append(withoutKnown(early.current ?? [], first));
        border.current = first;
        setProblem(null);
      } catch (error) {
        if (abort.signal.aborted) return;
        buffer.reset();
        setProblem(describeError(error));
        // The page comes by itself once the backend is there again.
        if (isTransient(error)) again = setTimeout(load, retryMs);
      }
      early.current = null;
      setLoading(false);
      const isMore = first.length === firstPageSize;
      setHasOlder(isMore);
      if (isMore) await loadRest({ ...window, to: nanosToMillis(first[0]!.timeNs) + 1 });
    };
    const loadRest = async (window: TimeWindow) => {
      const rest = logPageSize - firstPageSize;
      await afterFirst(abort.signal).catch(() => {});
      // Whoever misses them asks for older ones by the button, which says why they do not come.
      const before = await ask(window, rest).catch(() => null);
      if (!before || abort.signal.aborted) return;
      buffer.prepend(withoutKnown(before, buffer.view.lines), false);
      setHasOlder(before.length === rest);
    };
    reorder.clear();
    setLoading(true);
    setProblem(null);
    void load();
    return () => {
      abort.abort();
      clearTimeout(again);
    };
  }, [query, windowKey, live, buffer, reorder]);

  useEffect(() => {
    const frames = new FrameBatch<LogRecord>((records, lost) => buffer.append(records, lost), batchCapacity);
    batch.current = frames;
    const timer = setInterval(() => {
      const due = reorder.take(performance.now());
      if (due.length > 0) frames.push(due);
    }, takeMs);
    return () => {
      clearInterval(timer);
      frames.stop();
    };
  }, [buffer, reorder]);

  const fetchMissed = async () => {
    buffer.append(reorder.drain());
    const newest = buffer.view.lines.at(-1);
    if (!newest) return;
    const window = { from: nanosToMillis(newest.timeNs), to: Date.now() };
    if (window.from >= window.to) return;
    const answer = await client.logs
      .query({ query, window, limit: logPageSize, direction: 'backward' })
      .catch(() => null);
    if (!answer) return;
    const missed = answer.records.toReversed();
    border.current = [...border.current, ...missed];
    batch.current?.push(withoutKnown(missed, buffer.view.lines));
  };

  const feed = useLiveFeed(`logs ${query}`, {
    enabled: live && problem === null,
    open: (signal, lastEventId) => client.logs.tail({ query }, { signal, lastEventId }),
    onValue: ({ records, dropped, opened }) => {
      // The first page, while it is on its way, holds what came before.
      if (opened && !early.current) void fetchMissed();
      if (early.current) early.current.push(...records);
      else {
        const fresh = border.current.length === 0 ? records : withoutKnown(records, border.current);
        if (fresh.length === records.length && fresh.length > 0) border.current = [];
        const tooMany = reorder.push(fresh, performance.now());
        if (tooMany.length > 0) batch.current?.push(tooMany);
      }
      if (dropped > 0) buffer.append([], dropped);
    },
  });

  const loadOlder = useCallback(async () => {
    const oldest = buffer.view.lines[0];
    if (!oldest) return;
    const to = nanosToMillis(oldest.timeNs) + 1;
    const { from } = resolveWindow();
    if (to <= from) return setHasOlder(false);
    try {
      const { records } = await client.logs.query({
        query,
        window: { from, to },
        limit: logPageSize,
        direction: 'backward',
      });
      const older = withoutKnown(records.toReversed(), buffer.view.lines);
      const taken = buffer.prepend(older);
      setHasOlder(taken && records.length === logPageSize && older.length > 0);
    } catch (error) {
      setProblem(describeError(error));
    }
  }, [buffer, query, resolveWindow]);

  const hold = useCallback(() => buffer.hold(), [buffer]);
  const release = useCallback(() => buffer.release(), [buffer]);
  return { view, feed, loading, problem, hasOlder, loadOlder, hold, release };
}

/** A page and the lines next to it overlap at their border; a line is the same when all that is shown of it is. */
function withoutKnown(records: readonly LogRecord[], known: readonly LogRecord[]): LogRecord[] {
  const seen = new Set(known.map(identity));
  return records.filter((record) => !seen.has(identity(record)));
}

function identity({ timeNs, service, line }: LogRecord): string {
  return `${timeNs}\u0000${service}\u0000${line}`;
}
