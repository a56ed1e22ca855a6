import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { SessionDetail } from '../../../../shared/sessions/session';
import { formatCount } from '../../../client/format-number';
import { PageBody } from '../../../page/page-body';
import type { SessionPart } from '../../../page/page-search';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { Tabs } from '../../../ui/controls/tabs';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { RunCard } from './run-card';
import { SessionFacts } from './session-facts';
import { SessionHeading } from './session-heading';
import { SessionTimeline } from './session-timeline';
import { SessionUsage } from './session-usage';
import type { FollowedSession } from './use-session';

const route = getRouteApi('/sessions/$ref');

/** One session: what it is, then its time line, its runs, or what it used. */
export function SessionView({ detail, followed }: { detail: SessionDetail; followed: FollowedSession }) {
  const { part: chosen, entry } = route.useSearch();
  const part = chosen ?? 'timeline';
  const { ref } = route.useParams();
  const navigate = useNavigate();
  const { session, runs, leftOut } = detail;
  const { entries, missing, problem, loadMissing } = followed;
  const change = (search: { part?: SessionPart; entry?: string | undefined }) =>
    void navigate({
      to: '/sessions/$ref',
      params: { ref },
      search: (before) => ({ ...keepTime(before), part: chosen, entry, ...search }),
      replace: true,
    });
  const notes = [...session.differences, ...leftOut];
  return (
    <>
      <SessionHeading detail={detail} feed={followed.feed} />
      <SessionFacts session={session} />
      {notes.length > 0 && (
        <div className="shrink-0 px-4 py-2">
          <LeftOut title="To know about these numbers" sentences={notes} />
        </div>
      )}
      {problem && (
        <div className="shrink-0 px-4 py-2">
          <ProblemCard problem={problem} action={<Button onClick={loadMissing}>Ask again</Button>} />
        </div>
      )}
      <div className="flex shrink-0 items-end gap-4 border-b border-line bg-surface px-4">
        <Tabs
          label="Parts of the session"
          value={part}
          onChange={(next) => change({ part: next })}
          className="-mb-px"
          tabs={[
            { value: 'timeline', label: 'Time line' },
            { value: 'runs', label: `Runs ${formatCount(runs.length)}` },
            { value: 'usage', label: 'Tokens and tools' },
          ]}
        />
        {missing > 0 && !problem && (
          <span className="mb-1.5 text-xs text-muted tabular" role="status">
            {formatCount(missing)} earlier {missing === 1 ? 'entry comes' : 'entries come'}
          </span>
        )}
      </div>
      {part === 'usage' ? (
        <SessionUsage detail={detail} entries={entries} />
      ) : part === 'runs' ? (
        <PageBody>
          {runs.length === 0 ? (
            <p className="text-sm text-faint">
              No run was started from this session. Commands that an agent puts behind{' '}
              <code className="font-mono text-xs">watchtower run --</code> stand here, each compared with the one
              before.
            </p>
          ) : (
            runs.map((told) => <RunCard key={told.run.id} told={told} />)
          )}
        </PageBody>
      ) : (
        <SessionTimeline
          session={session}
          entries={entries}
          runs={runs}
          opened={entry}
          onOpen={(id) => change({ entry: id })}
          onLeave={() => void navigate({ to: '/sessions', search: keepTime })}
        />
      )}
    </>
  );
}
