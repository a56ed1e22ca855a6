import { PageHeader } from '../../app/page-header';

export function SettingsPage() {
  return <PageHeader title="Settings" />;
}
