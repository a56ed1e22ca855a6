import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ErrorList, ErrorsInput } from '../../../../shared/contract/errors';
import { client } from '../../../client/contract-client';
import { describeError, type QueryProblem } from '../../../client/describe-error';
import { askFirst, followFirst } from '../../../client/loading/first-answer';
import { useBackendFeed } from '../../../client/use-backend-feed';
import { type FeedState, useLiveFeed } from '../../../client/use-live-feed';
import type { ErrorsSearch } from '../../../page/errors-search';
import { parseSince } from '../../../page/time-window';
import type { useTimeRange } from '../../../page/use-time-range';

/** Points of a row's spark line. */
export const errorBuckets = 40;
const mostGroups = 500;

interface Listed {
  /** Undefined while the first answer has not come. */
  list: ErrorList | undefined;
  /** `off` where the window ends in the past. */
  feed: FeedState;
  problem: QueryProblem | null;
  /** Asks again at once. */
  renew: () => void;
}

/** The errors that the page's address asks for: followed where the window reaches up to now. */
export function useErrorList(search: ErrorsSearch, time: ReturnType<typeof useTimeRange>): Listed {
  const live = 'since' in time.range;
  const asked = inputOf(search);
  const key = JSON.stringify([time.key, asked]);
  const [told, setTold] = useState<{ key: string; list: ErrorList } | null>(null);
  const [renewed, setRenewed] = useState(0);
  const queries = useQueryClient();
  const feed = useLiveFeed<ErrorList>(`${key} ${renewed}`, {
    enabled: live,
    open: (signal) => {
      const lastMs = 'since' in time.range ? (parseSince(time.range.since) ?? undefined) : undefined;
      const input = { ...asked, ...(lastMs !== undefined && { lastMs }) };
      return followFirst(() => client.errors.feed(input, { signal }), signal);
    },
    onValue: (list) => setTold({ key, list }),
  });
  const found = useQuery({
    queryKey: ['errors.list', key],
    queryFn: ({ signal }) => askFirst(() => client.errors.list({ ...asked, window: time.resolve() }, { signal })),
    enabled: !live,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const shownFeed = useBackendFeed(feed);
  const problem = live
    ? feed.kind === 'refused'
      ? feed.problem
      : null
    : found.error
      ? describeError(found.error)
      : null;
  return {
    // What was told of another question stands until this one is answered.
    list: live ? told?.list : found.data,
    feed: shownFeed,
    problem,
    renew: () => {
      setRenewed((count) => count + 1);
      void queries.invalidateQueries({ queryKey: ['errors.list'] });
      void queries.invalidateQueries({ queryKey: ['errors.count'] });
      void queries.invalidateQueries({ queryKey: ['errors.group'] });
    },
  };
}

function inputOf({ service, text, fresh, against, muted, order, run }: ErrorsSearch): ErrorsInput {
  return {
    ...(service !== undefined && { service }),
    ...(text !== undefined && { text }),
    ...(fresh && { onlyNew: true }),
    ...(against !== undefined && {
      newSince: against === 'run' ? ('run' as const) : { mark: against.slice('mark:'.length) },
    }),
    ...(muted !== undefined && { muted }),
    ...(order !== undefined && { sort: order }),
    ...(run !== undefined && { run }),
    limit: mostGroups,
    buckets: errorBuckets,
  };
}
