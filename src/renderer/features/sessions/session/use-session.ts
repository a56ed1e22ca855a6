import { useEffect, useMemo, useState } from 'react';
import type { SessionDetail } from '../../../../shared/sessions/session';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';
import { client } from '../../../client/contract-client';
import { describeError, type QueryProblem } from '../../../client/describe-error';
import { useBackendFeed } from '../../../client/use-backend-feed';
import { type FeedState, useLiveFeed } from '../../../client/use-live-feed';

/** The contract's bound of one part of a time line. */
const part = 2000;

export interface FollowedSession {
  detail: SessionDetail | null;
  /** By time: those that are known so far. */
  entries: readonly SessionEntry[];
  feed: FeedState;
  /** How many of the time line are not here yet. */
  missing: number;
  /** Why those did not come; they are asked for again by `loadMissing`. */
  problem: QueryProblem | null;
  loadMissing: () => void;
}

/** One session as it stands, renewed while it works. The feed tells its last entries; earlier ones are asked for one part after another. */
export function useSession(ref: string): FollowedSession {
  const [detail, setDetail] = useState<SessionDetail | null>(null);
  const [known, setKnown] = useState<ReadonlyMap<string, SessionEntry>>(new Map());
  const [asked, setAsked] = useState(0);
  const [problem, setProblem] = useState<QueryProblem | null>(null);
  const add = (entries: readonly SessionEntry[]) =>
    setKnown((before) => new Map([...before, ...entries.map((entry) => [entry.id, entry] as const)]));
  const followed = useLiveFeed(`sessions.watch ${ref}`, {
    open: (signal) => client.sessions.watch({ ref, limit: part }, { signal }),
    onValue: (value) => {
      setDetail(value);
      add(value.timeline.entries);
    },
  });
  const feed = useBackendFeed(followed);
  const first = detail?.timeline.offset ?? 0;
  /** Where the earlier ones end, as it was when the session was first told. */
  const [behind, setBehind] = useState<number | null>(null);
  if (detail && behind === null) setBehind(first);

  useEffect(() => {
    if (behind === null || asked * part >= behind || problem) return;
    const abort = new AbortController();
    const offset = asked * part;
    client.sessions.show({ ref, offset, limit: Math.min(part, behind - offset) }, { signal: abort.signal }).then(
      ({ timeline }) => {
        if (abort.signal.aborted) return;
        setKnown((before) => new Map([...timeline.entries.map((entry) => [entry.id, entry] as const), ...before]));
        setAsked(asked + 1);
      },
      (error) => {
        if (!abort.signal.aborted) setProblem(describeError(error));
      },
    );
    return () => abort.abort();
  }, [ref, behind, asked, problem]);

  const entries = useMemo(() => [...known.values()].sort((a, b) => a.at - b.at), [known]);
  const missing = Math.max(0, (detail?.timeline.total ?? 0) - entries.length);
  return { detail, entries, feed, missing, problem, loadMissing: () => setProblem(null) };
}
