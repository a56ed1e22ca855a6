import type { Series } from '../../../shared/contract/telemetry';
import { serviceColour } from '../marks/service-colour';
import type { SeriesLook } from './describe-series';

/** The colour of the series that an exemplar belongs to: the first whose labels it all has; else that of its service. */
export function colourOfExemplar(
  labels: Readonly<Record<string, string>>,
  series: readonly Pick<Series, 'labels'>[],
  looks: readonly SeriesLook[],
): string {
  const own = series.findIndex((each) => {
    const telling = Object.entries(each.labels).filter(([name]) => name !== '__name__' && name !== 'quantile');
    return telling.length > 0 && telling.every(([name, value]) => labels[name] === value);
  });
  const service = labels.service_name ?? labels.service ?? labels.job;
  return looks[own]?.colour ?? (service ? serviceColour(service) : 'var(--color-accent)');
}
