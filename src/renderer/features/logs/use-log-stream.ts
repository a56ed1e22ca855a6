import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LogRecord, TimeWindow } from '../../../shared/contract/telemetry';
import { client } from '../../client/contract-client';
import { describeError, isTransient, type QueryProblem } from '../../client/describe-error';
import { nanosToMillis } from '../../client/format-time';
import { FrameBatch } from '../../client/frame-batch';
import { afterFirst, askFirst } from '../../client/loading/first-answer';
import { useBackendFeed } from '../../client/use-backend-feed';
import { type FeedState, useLiveFeed } from '../../client/use-live-feed';
import { LogBuffer, type LogView } from '../../ui/log-list/log-buffer';
import { KnownLines } from './known-lines';
import { ReorderBuffer } from './reorder-buffer';

/** Lines that are asked for at a time. */
export const logPageSize = 1000;
/** The first of them fill a screen of any height twice, and come at once. */
const firstPageSize = 200;
const batchCapacity = 10_000;
/** Between two tries of a page that the backend could not answer. */
const retryMs = 1000;
/** A tail that is not open by then, as of a backend that has none, is not waited for; once it is open, it is asked again. */
const openMs = 100;
/** So long after a page the tail may still tell what stands in it. */
const tellsAgainMs = 10_000;
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
  /** What pages brought and the tail has not told yet: for a while it may. */
  const paged = useRef({ lines: new KnownLines(), until: 0 });
  /** Told that the tail is open from now on: what was stored before stands in a page that is asked for after that. */
  const onOpened = useRef(() => {});

  // biome-ignore lint/correctness/useExhaustiveDependencies: windowKey stands for what resolveWindow gives
  useEffect(() => {
    const abort = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    let opened = 0;
    let filledAt = 0;
    let isFilling = true;
    const opening = new Promise<void>((resolve) => {
      onOpened.current = () => {
        opened += 1;
        resolve();
        void fillOpened();
      };
    });
    const ask = async (limit: number) => {
      const page = { query, window: resolveWindow(), limit, direction: 'backward' } as const;
      const { records } = await client.logs.query(page, { signal: abort.signal });
      return records.toReversed();
    };
    const expect = (lines: readonly LogRecord[]) => {
      paged.current.lines.add(lines);
      paged.current.until = performance.now() + tellsAgainMs;
    };
    const load = async () => {
      early.current = [];
      const began = performance.now();
      let first: LogRecord[] = [];
      let failed = false;
      try {
        first = await askFirst(() => ask(firstPageSize));
        if (abort.signal.aborted) return;
        buffer.reset(first);
        paged.current.lines = new KnownLines();
        expect(first);
        buffer.append(paged.current.lines.takeNew(early.current ?? []));
        setProblem(null);
      } catch (error) {
        if (abort.signal.aborted) return;
        failed = true;
        buffer.reset();
        setProblem(describeError(error));
        // The page comes by itself once the backend is there again.
        if (isTransient(error)) again = setTimeout(load, retryMs);
      }
      early.current = null;
      setLoading(false);
      const isMore = first.length === firstPageSize;
      setHasOlder(isMore);
      if (failed) return;
      if (live) await Promise.race([opening, pause(openMs - (performance.now() - began))]);
      if (isMore && opened === 0) await fill();
      isFilling = false;
      await fillOpened();
    };
    /** As often as the tail was opened, one after the other. */
    const fillOpened = async () => {
      if (isFilling) return;
      isFilling = true;
      while (filledAt < opened && !abort.signal.aborted) {
        filledAt = opened;
        await fill();
      }
      isFilling = false;
    };
    /** The newest lines, joined to those that are shown: older ones in front, and behind them what neither the first page nor the tail had. */
    const fill = async () => {
      await afterFirst(abort.signal).catch(() => {});
      // Whoever misses older ones asks for them by the button, which says why they do not come.
      const page = await ask(logPageSize).catch(() => null);
      if (!page || abort.signal.aborted) return;
      batch.current?.push(reorder.drain());
      batch.current?.handOver();
      const oldest = buffer.view.lines[0];
      const unknown = new KnownLines(buffer.view.lines, buffer.waiting).takeNew(page);
      const isOlder = ({ timeNs }: LogRecord) => oldest !== undefined && BigInt(timeNs) <= BigInt(oldest.timeNs);
      buffer.prepend(unknown.filter(isOlder), false);
      buffer.append(unknown.filter((record) => !isOlder(record)));
      expect(unknown);
      setHasOlder(page.length === logPageSize);
    };
    reorder.clear();
    setLoading(true);
    setProblem(null);
    void load();
    return () => {
      abort.abort();
      clearTimeout(again);
      onOpened.current = () => {};
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

  const tail = useLiveFeed(`logs ${query}`, {
    enabled: live && problem === null,
    open: (signal, lastEventId) => client.logs.tail({ query }, { signal, lastEventId }),
    onValue: ({ records, dropped, opened }) => {
      if (opened) onOpened.current();
      if (early.current) early.current.push(...records);
      else {
        const { lines, until } = paged.current;
        const now = performance.now();
        const tooMany = reorder.push(now < until ? lines.takeNew(records) : records, now);
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
      const older = new KnownLines(buffer.view.lines).takeNew(records.toReversed());
      const taken = buffer.prepend(older);
      setHasOlder(taken && records.length === logPageSize && older.length > 0);
    } catch (error) {
      setProblem(describeError(error));
    }
  }, [buffer, query, resolveWindow]);

  const feed = useBackendFeed(tail, 'loki');
  const hold = useCallback(() => buffer.hold(), [buffer]);
  const release = useCallback(() => buffer.release(), [buffer]);
  return { view, feed, loading, problem, hasOlder, loadOlder, hold, release };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
