import { PageHeader } from '../../app/page-header';

export function ConnectPage() {
  return <PageHeader title="Connect" />;
}
