import { PageHeader } from '../../app/page-header';

export function MetricsPage() {
  return <PageHeader title="Metrics" />;
}
