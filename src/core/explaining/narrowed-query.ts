import type { ResolvedPopulation } from '../../shared/explain/explain-request';
import { everyLogLine } from '../../shared/requests/every-log-line';
import { runAttributes, runIdLabel } from '../../shared/runs/run-attributes';

/** TraceQL of the population's spans: a second filter looks at what the first one left. */
export function traceqlOf({ query = '', errors, slowerThanMs, fasterThanMs, runId }: ResolvedPopulation): string {
  const conditions = [
    ...(errors ? ['status = error'] : []),
    ...(slowerThanMs === undefined ? [] : [`duration >= ${nanos(slowerThanMs)}ns`]),
    ...(fasterThanMs === undefined ? [] : [`duration <= ${nanos(fasterThanMs)}ns`]),
    ...(runId === undefined ? [] : [`resource.${runAttributes.id} = ${JSON.stringify(runId)}`]),
  ];
  const narrowed = conditions.length === 0 ? '{}' : `{ ${conditions.join(' && ')} }`;
  if (query.trim() === '') return narrowed;
  return conditions.length === 0 ? query : `${query} | ${narrowed}`;
}

/** LogQL of the population's lines. */
export function logqlOf({ query = '', errors, runId }: ResolvedPopulation): string {
  return [
    query.trim() === '' ? everyLogLine : query,
    ...(runId === undefined ? [] : [`| ${runIdLabel}=${JSON.stringify(runId)}`]),
    ...(errors ? ['| detected_level=~"error|critical|fatal"'] : []),
  ].join(' ');
}

function nanos(milliseconds: number): number {
  return Math.round(milliseconds * 1e6);
}
