import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { useRuns } from '../../../client/use-runs';
import { PageHeader } from '../../../page/page-header';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { Spinner } from '../../../ui/marks/spinner';
import { RunView } from './run-view';

const route = getRouteApi('/runs/$ref');

/** The run that the address names: by id, or as the commands do, such as `shop~1`. */
export function RunPage() {
  const { ref } = route.useParams();
  const { runs } = useRuns();
  const found = useQuery(orpc.runs.get.queryOptions({ input: { ref } }));
  const id = found.data?.id;
  const run = runs?.find((each) => each.id === id) ?? found.data;
  if (run) return <RunView key={run.id} run={run} />;
  return (
    <>
      <PageHeader title="Run" />
      {found.isPending ? (
        <div className="p-6">
          <Spinner label="Loading the run" />
        </div>
      ) : (
        <EmptyState
          icon={SearchX}
          title="This run is not here"
          actions={<Button render={<Link to="/runs" search={keepTime} />}>All runs</Button>}
        >
          {describeError(found.error).message} {describeError(found.error).hint}
        </EmptyState>
      )}
    </>
  );
}
