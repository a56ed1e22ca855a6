import { Link } from '@tanstack/react-router';
import { appErrorsWindowMs, useAppErrors } from '../../client/errors/use-app-errors';
import { formatCount } from '../../client/format-number';
import { servicesWindowMs, useServices } from '../../client/use-services';
import { HealthMark } from '../../ui/marks/health-mark';
import { describeAppErrors } from './describe-app-errors';

const look = 'flex h-7 items-center gap-1.5 rounded-md px-2 whitespace-nowrap hover:bg-hover tabular';
/** It stands on every page, and what it asks for costs the engine something. */
const everyMs = 15_000;
const inboxMinutes = appErrorsWindowMs / 60_000;
const since = `${servicesWindowMs / 60_000}m`;

/**
 * What fails in the reader's own services, a click away from it; nothing while nothing does. Errors that are muted are not counted; where
 * errors cannot be grouped, failed spans and lines are.
 */
export function AppErrors() {
  const services = useServices(everyMs);
  const inbox = useAppErrors();
  const errors = services.data && describeAppErrors(services.data.services, servicesWindowMs);
  if (inbox) {
    if (inbox.groups === 0) return null;
    const text = `${formatCount(inbox.groups)} ${inbox.groups === 1 ? 'error' : 'errors'}`;
    return (
      <Link
        to="/errors"
        search={{}}
        title={`${formatCount(inbox.occurrences)} ${inbox.occurrences === 1 ? 'time' : 'times'} in the last ${inboxMinutes} minutes`}
        className={look}
      >
        <HealthMark health={inbox.newGroups > 0 ? 'bad' : (errors?.health ?? 'warn')} size={10} />
        {text}
        {inbox.newGroups > 0 && `, ${formatCount(inbox.newGroups)} new`}
      </Link>
    );
  }
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
