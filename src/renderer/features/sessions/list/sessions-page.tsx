import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import type { SessionList as Listed } from '../../../../shared/sessions/session';
import { client } from '../../../client/contract-client';
import { formatCount } from '../../../client/format-number';
import { useBackendFeed } from '../../../client/use-backend-feed';
import { useLiveFeed } from '../../../client/use-live-feed';
import { AgentsHeader } from '../../../page/agents-header';
import { type SessionDays, sessionDays } from '../../../page/page-search';
import { Button } from '../../../ui/controls/button';
import { SearchInput } from '../../../ui/controls/search-input';
import { Select } from '../../../ui/controls/select';
import { EmptyState } from '../../../ui/layout/empty-state';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { FeedMark } from '../../../ui/marks/feed-mark';
import { Spinner } from '../../../ui/marks/spinner';
import { findSessions } from './find-sessions';
import { NoSessions } from './no-sessions';
import { SessionList } from './session-list';
import { SessionsCost } from './sessions-cost';

const route = getRouteApi('/sessions');
const dayMs = 86_400_000;
/** The contract's bound of one list. */
const most = 200;
const spans: Record<SessionDays, string> = { '1': 'Last 24 h', '7': 'Last 7 days', '30': 'Last 30 days' };

/** What coding agents did, and what it cost. */
export function SessionsPage() {
  const { text = '', days = '1' } = route.useSearch();
  const navigate = useNavigate();
  const [told, setTold] = useState<{ days: SessionDays; list: Listed } | null>(null);
  const forMs = Number(days) * dayMs;
  const followed = useLiveFeed(`sessions.feed ${days}`, {
    open: (signal) => client.sessions.feed({ forMs, limit: most }, { signal }),
    onValue: (list) => setTold({ days, list }),
  });
  const feed = useBackendFeed(followed);
  const list = told?.days === days ? told.list : null;
  const found = findSessions(list?.sessions ?? [], text);
  const change = (search: { text?: string | undefined; days?: SessionDays }) =>
    void navigate({ to: '/sessions', search: (before) => ({ ...before, ...search }), replace: true });
  return (
    <>
      <AgentsHeader tab="/sessions">
        <FeedMark state={feed} />
        <SearchInput
          aria-label="Find sessions"
          pageSearch
          value={text}
          placeholder="Agent, repository, model or prompt"
          onChange={(next) => change({ text: next || undefined })}
          className="w-44 min-[900px]:w-72"
        />
        <Select
          label="How far back"
          value={days}
          onChange={(next) => change({ days: next as SessionDays })}
          options={sessionDays.map((value) => ({ value, label: spans[value] }))}
        />
        <span className="text-xs text-muted tabular" data-testid="session-count">
          {list && describeCount(found.length, list.sessions.length)}
        </span>
      </AgentsHeader>
      {feed.kind === 'refused' ? (
        <div className="p-4">
          <ProblemCard problem={feed.problem} />
        </div>
      ) : list === null ? (
        <div className="p-6">
          <Spinner label="Loading the sessions" />
        </div>
      ) : (
        <>
          {list.leftOut.length > 0 && (
            <div className="px-4 pt-3">
              <LeftOut sentences={list.leftOut} />
            </div>
          )}
          {list.sessions.length === 0 ? (
            <NoSessions />
          ) : found.length === 0 ? (
            <EmptyState
              icon={SearchX}
              title="No session matches"
              actions={<Button onClick={() => change({ text: undefined })}>Clear the search</Button>}
            >
              Sessions are found by their agent, repository, folder, first prompt, models and id.
            </EmptyState>
          ) : (
            <>
              <SessionsCost forMs={forMs} />
              <SessionList sessions={found} />
            </>
          )}
        </>
      )}
    </>
  );
}

function describeCount(found: number, all: number): string {
  const sessions = `${formatCount(all)} ${all === 1 ? 'session' : 'sessions'}${all >= most ? ', the last' : ''}`;
  return found === all ? sessions : `${formatCount(found)} of ${sessions}`;
}
