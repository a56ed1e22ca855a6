import { Link } from '@tanstack/react-router';
import { CircleSlash } from 'lucide-react';
import type { HostStatus } from '../../shared/contract/host';
import { Button } from '../ui/controls/button';
import { EmptyState } from '../ui/layout/empty-state';
import { PageHeader } from './page-header';
import type { Page } from './pages';
import { type Signal, whyNotAnswered } from './why-not-answered';

/** In place of a page of which the backend in use has nothing. */
export function NotAnswered({ page, signal, status }: { page: Page; signal: Signal; status: HostStatus }) {
  return (
    <>
      <PageHeader title={page.title} />
      <EmptyState
        icon={CircleSlash}
        title={`No ${page.title.toLowerCase()} from this backend`}
        actions={
          <Button render={<Link to="/stack" search={status.backend === 'external' ? { setup: 'external' } : {}} />}>
            {status.backend === 'external' ? 'Edit the external backend' : 'Open Stack'}
          </Button>
        }
      >
        {whyNotAnswered(status, signal)}
      </EmptyState>
    </>
  );
}
