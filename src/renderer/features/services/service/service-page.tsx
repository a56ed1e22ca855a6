import { useParams } from '@tanstack/react-router';
import { showPlainText } from '../../../../shared/show-plain-text';
import { PageHeader } from '../../../page/page-header';
import { serviceOfPath } from '../../../page/service-path';
import { TimeRangeControl } from '../../../page/time-range-control';

/** What is known of one service in the time window. */
export function ServicePage() {
  const service = serviceOfPath(useParams({ from: '/services/$name' }).name);
  return (
    <PageHeader title={showPlainText(service) || 'unknown service'}>
      <span className="flex-1" />
      <TimeRangeControl />
    </PageHeader>
  );
}
