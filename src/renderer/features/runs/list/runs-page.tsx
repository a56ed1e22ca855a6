import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ArrowLeftRight, SearchX } from 'lucide-react';
import { useState } from 'react';
import type { Run } from '../../../../shared/runs/run';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { PageHeader } from '../../../page/page-header';
import { Button } from '../../../ui/controls/button';
import { SearchInput } from '../../../ui/controls/search-input';
import { EmptyState } from '../../../ui/layout/empty-state';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { FeedMark } from '../../../ui/marks/feed-mark';
import { Spinner } from '../../../ui/marks/spinner';
import { showToast } from '../../../ui/overlays/toast';
import { useRunActs } from '../marks/use-run-acts';
import { findRuns } from './find-runs';
import { NoRuns } from './no-runs';
import { RunList } from './run-list';
import { mostRuns, useRunList } from './use-run-list';

const route = getRouteApi('/runs');

export function RunsPage() {
  const { text = '' } = route.useSearch();
  const navigate = useNavigate();
  const { runs, feed, error, loadOlder, loading, full } = useRunList();
  const [chosen, setChosen] = useState<readonly Run[]>([]);
  const { acts, dialogs } = useRunActs();
  const found = findRuns(runs ?? [], text);
  const filter = (next: string) =>
    void navigate({ to: '/runs', search: (before) => ({ ...before, text: next || undefined }), replace: true });

  /** The newest two that were chosen. */
  const choose = (run: Run) =>
    setChosen(
      chosen.some(({ id }) => id === run.id) ? chosen.filter(({ id }) => id !== run.id) : [...chosen, run].slice(-2),
    );
  const compare = () => {
    const [before, after] = chosen.toSorted((one, other) => one.startedAt - other.startedAt);
    if (!before || !after) {
      showToast('Choose two runs to compare', 'with x, or by their boxes');
      return;
    }
    void navigate({ to: '/runs/compare', search: (search) => ({ ...search, before: before.id, after: after.id }) });
  };

  return (
    <>
      <PageHeader title="Runs">
        <FeedMark state={feed} />
        <SearchInput
          aria-label="Find runs"
          pageSearch
          value={text}
          placeholder="Name, label, command or branch"
          onChange={filter}
          className="w-44 min-[900px]:w-72"
        />
        <span className="text-xs text-muted tabular" data-testid="run-count">
          {runs && describeCount(found.length, runs.length)}
          {full && `, the newest ${formatCount(mostRuns)}`}
        </span>
        <span className="flex-1" />
        {chosen.length === 1 && <span className="text-xs text-muted">Choose one more</span>}
        <Button onClick={compare} aria-disabled={chosen.length < 2 || undefined} title="Compare (c)">
          <ArrowLeftRight size={14} aria-hidden />
          Compare
        </Button>
      </PageHeader>
      {feed.kind === 'refused' ? (
        <div className="p-4">
          <ProblemCard problem={feed.problem} />
        </div>
      ) : runs === null ? (
        <div className="p-6">
          <Spinner label="Loading the runs" />
        </div>
      ) : runs.length === 0 ? (
        <NoRuns />
      ) : found.length === 0 && !loadOlder ? (
        <EmptyState
          icon={SearchX}
          title="No run matches"
          actions={<Button onClick={() => filter('')}>Clear the search</Button>}
        >
          Runs are found by their name, label, command, branch, commit and id.
        </EmptyState>
      ) : (
        <RunList
          runs={found}
          chosen={chosen.map(({ id }) => id)}
          onChoose={choose}
          onCompare={compare}
          acts={acts}
          foot={
            <>
              {error !== null && (
                <div className="p-3">
                  <ProblemCard problem={describeError(error)} />
                </div>
              )}
              {loadOlder && (
                <div className="flex h-11 items-center justify-center">
                  <Button size="sm" disabled={loading} onClick={loadOlder}>
                    {loading ? 'Loading' : 'Load older runs'}
                  </Button>
                </div>
              )}
            </>
          }
        />
      )}
      {dialogs}
    </>
  );
}

function describeCount(found: number, all: number): string {
  const runs = `${formatCount(all)} ${all === 1 ? 'run' : 'runs'}`;
  return found === all ? runs : `${formatCount(found)} of ${runs}`;
}
