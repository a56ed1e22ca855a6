import { PageHeader } from '../../app/page-header';

export function OverviewPage() {
  return <PageHeader title="Overview" />;
}
