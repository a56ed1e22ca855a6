import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { BackendService, ServiceLogLine, ServicesBackend } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import { client } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { FrameBatch } from '../../../client/frame-batch';
import { type FeedState, useLiveFeed } from '../../../client/use-live-feed';
import { LogBuffer, type LogView } from '../../../ui/log-list/log-buffer';
import { dropKnownLines } from './drop-known-lines';

const firstLines = 1000;
/** Asked for when a feed opens: what was written since the lines before were fetched. */
const gapLines = 200;
const capacity = 5000;

export interface ServiceLogs {
  view: LogView<ServiceLogLine>;
  feed: FeedState;
  loading: boolean;
  problem: Problem | null;
  hold: () => void;
  release: () => void;
}

/** The last lines of a service's container, then, while it runs, every line as it comes. A new container's lines follow. */
export function useServiceLogs(backend: ServicesBackend, { name, state, instance }: BackendService): ServiceLogs {
  const [buffer] = useState(() => new LogBuffer<ServiceLogLine>(capacity));
  const view = useSyncExternalStore(buffer.subscribe, () => buffer.view);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const runs = state === 'starting' || state === 'ready' || state === 'unready';
  const batch = useRef<FrameBatch<ServiceLogLine> | null>(null);
  /** The newest lines at the time the feed opened: its first answer may hold them again. */
  const known = useRef<readonly ServiceLogLine[]>([]);

  useEffect(() => {
    const frames = new FrameBatch<ServiceLogLine>((lines, lost) => buffer.append(lines, lost), capacity);
    batch.current = frames;
    return () => frames.stop();
  }, [buffer]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a container that ended or came has lines to fetch
  useEffect(() => {
    const abort = new AbortController();
    const load = async () => {
      if (instance === undefined) return;
      const batches = await client.backend.logs({ backend, service: name, tail: firstLines }, { signal: abort.signal });
      const fetched: ServiceLogLine[] = [];
      for await (const { lines } of batches) fetched.push(...lines);
      if (!abort.signal.aborted) buffer.append(dropKnownLines(fetched, buffer.view.lines.slice(-firstLines)));
    };
    setProblem(null);
    setLoading(true);
    load()
      .catch((error: unknown) => !abort.signal.aborted && setProblem(describeError(error)))
      .finally(() => !abort.signal.aborted && setLoading(false));
    return () => abort.abort();
  }, [backend, name, instance, runs, buffer]);

  const feed = useLiveFeed(`backend.logs ${backend} ${name} ${instance}`, {
    enabled: runs && !loading && problem === null,
    open: (signal) => {
      known.current = buffer.view.lines.slice(-gapLines);
      return client.backend.logs({ backend, service: name, tail: gapLines, follow: true }, { signal });
    },
    onValue: ({ lines }) => batch.current?.push(dropKnownLines(lines, known.current)),
  });

  return {
    view,
    feed,
    loading,
    problem: problem ?? (feed.kind === 'refused' ? feed.problem : null),
    hold: () => buffer.hold(),
    release: () => buffer.release(),
  };
}
