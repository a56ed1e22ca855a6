import type { LabelMatcher } from './label-matchers';

/** How the values of a metric are grouped unless told otherwise: by the first of these that it has. */
const serviceLabels = ['service_name', 'service', 'job'];
/** How those of one service are grouped: by what it does, where the metric says. */
const operationLabels = ['span_name', 'http_route', 'rpc_method'];

/** The label of a metric that names a service as its spans and lines do; none where it has no such label. */
export function serviceLabel(labels: readonly string[]): string | undefined {
  return ['service_name', 'service'].find((label) => labels.includes(label));
}

/** By what a metric with these labels is grouped; of a service that is chosen by its operations. */
export function usualGroup(labels: readonly string[], matchers: readonly LabelMatcher[]): string[] {
  const isChosen = (label: string) =>
    matchers.some((matcher) => matcher.label === label && matcher.operator === '=' && matcher.value !== '');
  const service = serviceLabels.find((label) => labels.includes(label));
  const chosen = service !== undefined && isChosen(service);
  const groups = chosen ? [...operationLabels.filter((label) => !isChosen(label)), service] : serviceLabels;
  const group = groups.find((label) => labels.includes(label));
  return group === undefined ? [] : [group];
}
