import { getRouteApi, Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { PageHeader } from '../../../page/page-header';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { Spinner } from '../../../ui/marks/spinner';
import { SessionView } from './session-view';
import { useSession } from './use-session';

const route = getRouteApi('/sessions/$ref');

/** The session that the address names: by id, or as the commands do, such as `last`. */
export function SessionPage() {
  const { ref } = route.useParams();
  return <Followed key={ref} id={ref} />;
}

function Followed({ id }: { id: string }) {
  const followed = useSession(id);
  const { detail, feed } = followed;
  if (detail) return <SessionView detail={detail} followed={followed} />;
  return (
    <>
      <PageHeader title="Session" />
      {feed.kind === 'refused' ? (
        <EmptyState
          icon={SearchX}
          title="This session cannot be shown"
          actions={<Button render={<Link to="/sessions" search={keepTime} />}>All sessions</Button>}
        >
          {feed.problem.message} {feed.problem.hint}
        </EmptyState>
      ) : (
        <div className="p-6">
          <Spinner label="Loading the session" />
        </div>
      )}
    </>
  );
}
