import type { ServiceActivity } from '../../../shared/contract/services';
import { formatCount, formatShort } from '../../client/format-number';
import type { Health } from '../../ui/marks/health-mark';

interface AppErrors {
  health: Health;
  /** `12 errors/min`, or how many where that is less than one. */
  text: string;
  /** Where they are seen. */
  page: '/traces' | '/logs';
  /** Who has them. */
  detail: string;
}

/** Errors are many where they are this share of a service's spans. */
const badFrom = 0.05;

/** What fails in the reader's own services; null while nothing does. Lines count where no span tells of the error. */
export function describeAppErrors(services: readonly ServiceActivity[], windowMs: number): AppErrors | null {
  const failing = services.filter(({ errorSpans, errorLogs }) => errorSpans > 0 || errorLogs > 0);
  if (failing.length === 0) return null;
  const spans = failing.reduce((sum, service) => sum + service.errorSpans, 0);
  const count = failing.reduce((sum, { errorSpans, errorLogs }) => sum + (errorSpans > 0 ? errorSpans : errorLogs), 0);
  const perMinute = count / (windowMs / 60_000);
  const isBad = failing.some((service) => service.spans > 0 && service.errorSpans / service.spans >= badFrom);
  return {
    health: isBad ? 'bad' : 'warn',
    text:
      perMinute >= 1
        ? `${formatShort(perMinute)} ${perMinute === 1 ? 'error' : 'errors'}/min`
        : `${formatCount(count)} ${count === 1 ? 'error' : 'errors'} in ${formatCount(windowMs / 60_000)} min`,
    page: spans > 0 ? '/traces' : '/logs',
    detail: failing.map(({ name }) => name).join(', '),
  };
}
