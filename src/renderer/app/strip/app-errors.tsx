import { Link } from '@tanstack/react-router';
import { servicesWindowMs, useServices } from '../../client/use-services';
import { HealthMark } from '../../ui/marks/health-mark';
import { describeAppErrors } from './describe-app-errors';

const look = 'flex h-7 items-center gap-1.5 rounded-md px-2 whitespace-nowrap hover:bg-hover tabular';
/** It stands on every page, and what it asks for costs the engine something. */
const everyMs = 15_000;
const since = `${servicesWindowMs / 60_000}m`;

/** What fails in the reader's own services, a click away from it; nothing while nothing does. */
export function AppErrors() {
  const services = useServices(everyMs);
  const errors = services.data && describeAppErrors(services.data.services, servicesWindowMs);
  if (!errors) return null;
  const content = (
    <>
      <HealthMark health={errors.health} size={10} />
      {errors.text}
    </>
  );
  const title = `In ${errors.detail}, over the last five minutes`;
  return errors.page === '/traces' ? (
    <Link to="/traces" search={{ errors: true, since }} title={title} className={look}>
      {content}
    </Link>
  ) : (
    <Link to="/logs" search={{ level: 'error+', since }} title={title} className={look}>
      {content}
    </Link>
  );
}
