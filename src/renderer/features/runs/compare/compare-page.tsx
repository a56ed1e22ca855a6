import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, ArrowLeftRight } from 'lucide-react';
import { describeDiff } from '../../../../shared/run-text/describe-diff';
import { describePaceOfBoth } from '../../../../shared/run-text/describe-pace';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { PageBody } from '../../../page/page-body';
import { usePageKeys } from '../../../page/page-keys';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { LeftOut } from '../../../ui/layout/left-out';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import { VerdictBadge } from '../marks/verdict-badge';
import { ChangeList } from './change-list';
import { ComparedRun } from './compared-run';
import { ComparedStructure } from './compared-structure';
import { Incomparable } from './incomparable';

const route = getRouteApi('/runs/compare');
/** The hint that comes with it is of the command line. */
const otherCommandHint = 'Compare two runs of one command, or these two all the same.';

/** Two runs side by side: what differs, and the structure of both as one. */
export function ComparePage() {
  const { before, after, force = false } = route.useSearch();
  const navigate = useNavigate();
  const chosen = before !== undefined && after !== undefined;
  const diff = useQuery(
    orpc.runs.diff.queryOptions({
      input: { before: { ref: before ?? '' }, after: { ref: after ?? '' }, force },
      enabled: chosen,
      retry: false,
    }),
  );
  const problem = diff.error && describeError(diff.error);
  const swap = () =>
    void navigate({ to: '/runs/compare', search: (old) => ({ ...old, before: after, after: before }), replace: true });
  const anyway = () =>
    void navigate({ to: '/runs/compare', search: (old) => ({ ...old, force: true }), replace: true });
  usePageKeys('Compare', [
    { key: 's', label: 'Swap the two runs', run: swap },
    { key: 'Escape', label: 'All runs', run: () => void navigate({ to: '/runs', search: keepTime }) },
  ]);
  return (
    <>
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-2">
        <Link to="/runs" search={keepTime} aria-label="All runs" className="text-muted hover:text-ink">
          <ArrowLeft size={16} />
        </Link>
        <h1 className="text-base font-semibold">Compare runs</h1>
        {diff.data && (
          <>
            <ComparedRun side="Before" run={diff.data.before} />
            <span aria-hidden className="text-faint">
              →
            </span>
            <ComparedRun side="After" run={diff.data.after} />
            <VerdictBadge verdict={diff.data.verdict} />
            <span
              className="text-xs text-muted tabular"
              title="Of the shapes of their spans, by how many requests have them"
            >
              {describeShare(diff.data.matched)} in both
            </span>
          </>
        )}
        <span className="flex-1" />
        {diff.data && (
          <CopyButton
            size="md"
            text={() => describeDiff(diff.data)}
            what="the difference for an agent"
            label="For an agent"
          />
        )}
        {chosen && (
          <Button onClick={swap} title="Swap the two (s)">
            <ArrowLeftRight size={14} aria-hidden />
            Swap
          </Button>
        )}
      </header>
      {!chosen ? (
        <EmptyState
          icon={ArrowLeftRight}
          title="Two runs are needed"
          actions={<Button render={<Link to="/runs" search={keepTime} />}>Choose two</Button>}
        />
      ) : (
        <PageBody paired={diff.isSuccess}>
          {diff.isPending && <Spinner label="Comparing" />}
          {problem && (
            <ProblemCard
              problem={problem.kind === 'run-other-command' ? { ...problem, hint: otherCommandHint } : problem}
              action={problem.kind === 'run-other-command' && <Button onClick={anyway}>Compare anyway</Button>}
            />
          )}
          {diff.data && (
            <>
              <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
                {diff.data.verdict === 'incomparable' && (
                  <Incomparable diff={diff.data} onForce={force ? undefined : anyway} />
                )}
                {diff.data.pace !== undefined && (
                  <p className="text-sm text-muted">{describePaceOfBoth(diff.data.pace)}</p>
                )}
                <ChangeList diff={diff.data} />
                <LeftOut title="Not compared" sentences={diff.data.leftOut} />
                <LeftOut title="Not judged" sentences={diff.data.notJudged} />
              </div>
              <ComparedStructure before={before} after={after} changes={diff.data.changes} />
            </>
          )}
        </PageBody>
      )}
    </>
  );
}

/** Never 100 % where something is missing. */
function describeShare(share: number): string {
  const percent = share * 100;
  if (percent >= 100) return '100 %';
  return `${percent >= 1 ? Math.floor(percent) : percent === 0 ? 0 : '< 1'} %`;
}
