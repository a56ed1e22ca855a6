import { PageHeader } from '../../app/page-header';

export function LogsPage() {
  return <PageHeader title="Logs" />;
}
